// SPDX-License-Identifier: MIT
/**
 * Texts that are read by rules of their own: UUIDs; regular expressions and SIMILAR TO
 * (PostgreSQL's documentation, 9.7), on java.util.regex.
 *
 * <p>PostgreSQL's advanced expressions are translated. Two things differ: among alternatives the
 * first that matches is taken, not the longest, and greediness is each quantifier's own.
 */
package io.distdb.sql.text;
