// SPDX-License-Identifier: MIT
/**
 * The abstract syntax tree: sealed records that say what was written and where, nothing about what
 * it means. Names are folded, constants unescaped; nothing is resolved.
 */
package io.distdb.sql.ast;
