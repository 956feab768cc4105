// Shows and hides the password, by GOV.UK Frontend's own component.
import { PasswordInput, createAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(PasswordInput);
