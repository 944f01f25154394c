// SPDX-License-Identifier: MIT
/** Shipped test tools that need a whole database: SQL text tests, whole-system simulation. */
package io.distdb.testcluster;
