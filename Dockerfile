FROM node:24-bookworm-slim AS build
WORKDIR /erfara
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /erfara
COPY --from=build /erfara/package.json ./
COPY --from=build /erfara/node_modules node_modules
COPY --from=build /erfara/dist dist
COPY --from=build /erfara/library library
RUN mkdir data key && chown node:node data key
USER node
VOLUME /erfara/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
