# One image, two programs: `node dist/apps/api/main.js` (the default) and `node dist/apps/projector/main.js`; also the
# command line, `node dist/apps/cli/main.js`. For the server stack: nothing is kept in the container.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /spoor
COPY package.json package-lock.json .npmrc ./
# Not "npm ci": it refuses a lock file without the builds for other platforms. The versions are those of the lock file.
RUN npm install --no-save --no-progress
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY libs libs
COPY apps apps
RUN node node_modules/@nestjs/cli/bin/nest.js build api

# What runs, without what builds and tests it, and without the Node that npm carries for machines that have another.
FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /spoor
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --no-progress --omit=dev --omit=optional

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production STACK=server
WORKDIR /spoor
COPY package.json ./
COPY --from=dependencies /spoor/node_modules node_modules
COPY --from=build /spoor/dist dist
USER node
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:3000/livez').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/api/main.js"]
