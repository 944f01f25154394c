// SPDX-License-Identifier: MIT
/**
 * The contract tests of {@link io.distdb.api.time.Clock} and {@link io.distdb.api.time.Scheduler}.
 * The simulated ones live in io.distdb.testkit.simulation.
 */
package io.distdb.testkit.time;
