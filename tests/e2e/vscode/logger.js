// Takes the place of VS Code's native logger, which would have to be compiled; without one its output panel is empty.

const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const LEVELS = ["trace", "debug", "info", "warn", "error", "critical"];

class Logger {
  constructor(file) {
    this.file = file;
    this.least = LEVELS.indexOf("info");
    this.bare = false;
    LEVELS.forEach((name, level) => {
      this[name] = (message) => this.write(level, message);
    });
  }

  write(level, message) {
    if (level >= this.least) {
      const line = `${new Date().toISOString().replace("T", " ").slice(0, -1)} [${LEVELS[level]}] ${message}\n`;
      appendFileSync(this.file, this.bare ? message : line);
    }
  }

  getLevel() {
    return this.least;
  }

  setLevel(level) {
    this.least = level;
  }

  clearFormatters() {
    this.bare = true;
  }

  setPattern() {}
  flush() {}
  drop() {}
}

async function create(_name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger(file);
}

// Each name is assigned by itself: VS Code imports this as a module and has to see them.
exports.version = 1;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
