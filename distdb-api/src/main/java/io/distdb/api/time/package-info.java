// SPDX-License-Identifier: MIT
/**
 * Time and waiting. Everything that reads a clock, waits or starts a thread does so through {@link
 * io.distdb.api.time.Clock} and {@link io.distdb.api.time.Scheduler}, so that a simulation can
 * decide both.
 */
package io.distdb.api.time;
