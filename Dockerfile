# The portal as one image, for any machine with Docker: docs/operations.md says how to run it.

FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN ["python", "-m", "venv", "/packages"]
RUN ["/packages/bin/pip", "install", "--no-cache-dir", "--disable-pip-version-check", \
     "--require-hashes", "--requirement", "requirements.txt"]

FROM python:3.11-slim
# Files are the root user's; the portal itself, as "weeknotes", writes to /app/var/keys alone.
RUN ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/app", "weeknotes"]
COPY --from=packages /packages /packages
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 WEB_CONCURRENCY=2
WORKDIR /app
COPY . .
# What the settings insist on, for this one step: none of it stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=localhost DATABASE_URL=sqlite:// \
    python manage.py collectstatic --noinput --verbosity=0 \
    && python -m compileall -q . \
    && install --directory --owner=weeknotes --group=weeknotes --mode=700 var/keys
USER weeknotes
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--threads=8", \
     "--worker-tmp-dir=/dev/shm", "--graceful-timeout=20", "--log-level=warning", \
     "--no-control-socket", "ddat.wsgi"]
