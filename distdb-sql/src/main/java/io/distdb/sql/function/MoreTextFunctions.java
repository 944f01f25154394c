// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.util.ArrayList;
import java.util.List;

/** Functions of text and bytes (PostgreSQL's documentation, 9.4, 9.5 and 9.7). */
final class MoreTextFunctions {
  static final List<ScalarFunction> OPERATORS =
      Signatures.operators(
          Volatility.IMMUTABLE,
          """
          ~(text,text) bool
          ~*(text,text) bool
          !~(text,text) bool
          !~*(text,text) bool
          !~~(text,text) bool
          !~~*(text,text) bool
          ^@(text,text) bool
          """);

  private static final String TEXT =
      """
      ascii(text) int4
      bit_length(text) int4
      chr(int4) text
      initcap(text) text
      lpad(text,int4) text
      lpad(text,int4,text) text
      rpad(text,int4) text
      rpad(text,int4,text) text
      md5(text) text
      overlay(text,text,int4) text
      overlay(text,text,int4,int4) text
      quote_ident(text) text
      quote_literal(text) text
      quote_nullable(text) text
      split_part(text,text,int4) text
      starts_with(text,text) bool
      to_hex(int4) text
      to_hex(int8) text
      translate(text,text,text) text
      """;

  private static final String BYTES =
      """
      bit_length(bytea) int4
      get_byte(bytea,int4) int4
      set_byte(bytea,int4,int4) bytea
      md5(bytea) text
      sha224(bytea) bytea
      sha256(bytea) bytea
      sha384(bytea) bytea
      sha512(bytea) bytea
      encode(bytea,text) text
      decode(text,text) bytea
      convert_to(text,text) bytea
      convert_from(bytea,text) text
      substr(bytea,int4) bytea
      substr(bytea,int4,int4) bytea
      strpos(bytea,bytea) int4
      overlay(bytea,bytea,int4) bytea
      overlay(bytea,bytea,int4,int4) bytea
      """;

  private static final String REGEX =
      """
      similar_to_escape(text) text
      similar_to_escape(text,text) text
      substring(text,text) text
      substring(text,text,text) text
      regexp_replace(text,text,text) text
      regexp_replace(text,text,text,text) text
      regexp_replace(text,text,text,int4) text
      regexp_replace(text,text,text,int4,int4) text
      regexp_replace(text,text,text,int4,int4,text) text
      regexp_match(text,text) text[]
      regexp_match(text,text,text) text[]
      regexp_like(text,text) bool
      regexp_like(text,text,text) bool
      regexp_count(text,text) int4
      regexp_count(text,text,int4) int4
      regexp_count(text,text,int4,text) int4
      regexp_instr(text,text) int4
      regexp_instr(text,text,int4) int4
      regexp_instr(text,text,int4,int4) int4
      regexp_instr(text,text,int4,int4,int4) int4
      regexp_instr(text,text,int4,int4,int4,text) int4
      regexp_instr(text,text,int4,int4,int4,text,int4) int4
      regexp_substr(text,text) text
      regexp_substr(text,text,int4) text
      regexp_substr(text,text,int4,int4) text
      regexp_substr(text,text,int4,int4,text) text
      regexp_substr(text,text,int4,int4,text,int4) text
      regexp_split_to_array(text,text) text[]
      regexp_split_to_array(text,text,text) text[]
      """;

  static final List<ScalarFunction> ALL = all();

  private MoreTextFunctions() {}

  private static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    all.addAll(Signatures.functions(Volatility.IMMUTABLE, TEXT));
    all.addAll(Signatures.functions(Volatility.IMMUTABLE, BYTES));
    all.addAll(Signatures.functions(Volatility.IMMUTABLE, REGEX));
    return List.copyOf(all);
  }
}
