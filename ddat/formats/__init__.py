"""How days are typed, by language, where Django looks for it."""
