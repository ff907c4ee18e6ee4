/** Loaded for its effect: `node -r gladly-stella-relay/typescript`. */
export {};
