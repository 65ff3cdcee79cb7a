// The settings of a process that is measured: those of production, on this machine, on a port that is free.
export const settingsIn = (dataDir: string): Record<string, string> => ({
  NODE_ENV: 'production',
  ORIGIN: 'http://127.0.0.1',
  HOST: '127.0.0.1',
  PORT: '0',
  SECRET: 'bench-2f8Zr4kPvT1xYw7LsNb3Hc6Jd9Fg2Ma5E',
  DATA_DIR: dataDir,
  LOG_LEVEL: 'warn',
})
