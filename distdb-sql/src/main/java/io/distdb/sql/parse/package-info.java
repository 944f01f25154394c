// SPDX-License-Identifier: MIT
/**
 * Text to AST: lexical rules (one set, shared by the parser, the scanner of the plan cache and the
 * script splitter), the ANTLR grammar, one AST builder per statement family, and the limits that
 * keep hostile text from exhausting the stack. ANTLR types do not leave this package; names and
 * types of the database are not known here.
 */
package io.distdb.sql.parse;
