// SPDX-License-Identifier: MIT
/**
 * Functions and operators by name and argument types. One registry; the analyzer resolves against
 * it, the executor compiles from it. Families live in files of their own.
 */
package io.distdb.sql.function;
