// SPDX-License-Identifier: MIT
/**
 * Functions and operators by name and argument types, each with its code: a family is a file. One
 * registry; the analyzer resolves against it, the executor takes the code from it. Of aggregates
 * the signatures alone. Also the text forms of types.
 */
package io.distdb.sql.function;
