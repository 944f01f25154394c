// SPDX-License-Identifier: MIT
/**
 * Template patterns of {@code to_char}, {@code to_date}, {@code to_timestamp} and {@code to_number}
 * (PostgreSQL's documentation, 9.8), over the numbers of {@code io.distdb.sql.datetime}. Names are
 * English; {@code TM} asks for no other language.
 */
package io.distdb.sql.format;
