# On Record beside a PostgreSQL of your own: DATABASE_URL is required. See compose.yaml.
FROM node:22-slim

WORKDIR /srv/onrecord
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund && npm cache clean --force
COPY LICENSE tsconfig.json ./
COPY scripts ./scripts
COPY db ./db
COPY src ./src
# Compiles the program, as the container cannot write beside it.
RUN node scripts/onrecord.mjs --version

# Holds the secret that is made where SESSION_SECRET is not set.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
EXPOSE 3000

STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["sh", "-c", ": \"${DATABASE_URL:?must name a PostgreSQL server, such as postgres://user:password@host:5432/database}\" && exec node --expose-gc --max-semi-space-size=8 --max-old-space-size=512 scripts/onrecord.mjs serve"]
