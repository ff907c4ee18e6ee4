/** Loaded for its side effect: `node -r gladly-stella-relay/typescript`. */
export {};
