// SPDX-License-Identifier: MIT
/**
 * A data directory as a whole: who holds it, which format it has, what lies where in it. What is
 * within {@code journal}, {@code snapshots} and {@code storage} belongs to the storage engine.
 */
package io.distdb.node.directory;
