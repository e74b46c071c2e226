import type { TestProject } from "vitest/node";
import { Running, type System } from "./system";

declare module "vitest" {
  export interface ProvidedContext {
    system: System;
  }
}

/** One system for all files: it takes longer to start than most of them to run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = await Running.start();
  project.provide("system", running.system);
  return () => running.stop();
}
