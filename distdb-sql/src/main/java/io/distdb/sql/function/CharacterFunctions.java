// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.text.Texts;
import java.util.List;

/** Functions of text: padding, single characters, quoting, parts. */
final class CharacterFunctions {
  private CharacterFunctions() {}

  static void addTo(FunctionTable table) {
    padding(table);
    characters(table);
    quoting(table);
    parts(table);
  }

  private static void padding(FunctionTable table) {
    table.add(
        "lpad(text,int4) text",
        (r, i, a) -> r.texts[i] = Texts.padLeft(a[0].texts[i], a[1].longs[i], " "));
    table.add(
        "lpad(text,int4,text) text",
        (r, i, a) -> r.texts[i] = Texts.padLeft(a[0].texts[i], a[1].longs[i], a[2].texts[i]));
    table.add(
        "rpad(text,int4) text",
        (r, i, a) -> r.texts[i] = Texts.padRight(a[0].texts[i], a[1].longs[i], " "));
    table.add(
        "rpad(text,int4,text) text",
        (r, i, a) -> r.texts[i] = Texts.padRight(a[0].texts[i], a[1].longs[i], a[2].texts[i]));
    table.add(
        "overlay(text,text,int4) text",
        (r, i, a) ->
            r.texts[i] =
                Texts.overlay(
                    a[0].texts[i],
                    a[1].texts[i],
                    a[2].longs[i],
                    a[1].texts[i].codePointCount(0, a[1].texts[i].length())));
    table.add(
        "overlay(text,text,int4,int4) text",
        (r, i, a) ->
            r.texts[i] = Texts.overlay(a[0].texts[i], a[1].texts[i], a[2].longs[i], a[3].longs[i]));
  }

  private static void characters(FunctionTable table) {
    table.add(
        "ascii(text) int4",
        (r, i, a) -> r.longs[i] = a[0].texts[i].isEmpty() ? 0 : a[0].texts[i].codePointAt(0));
    table.add("chr(int4) text", (r, i, a) -> r.texts[i] = Texts.character(a[0].longs[i]));
    table.add(
        "bit_length(text) int4",
        (r, i, a) ->
            r.longs[i] =
                8L * a[0].texts[i].getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    table.add("initcap(text) text", (r, i, a) -> r.texts[i] = Texts.capitalized(a[0].texts[i]));
    table.add(
        "translate(text,text,text) text",
        (r, i, a) -> r.texts[i] = Texts.translate(a[0].texts[i], a[1].texts[i], a[2].texts[i]));
    table.add(
        "to_hex(int4) text", (r, i, a) -> r.texts[i] = Integer.toHexString((int) a[0].longs[i]));
    table.add("to_hex(int8) text", (r, i, a) -> r.texts[i] = Long.toHexString(a[0].longs[i]));
    RowFunction starts = (r, i, a) -> r.longs[i] = a[0].texts[i].startsWith(a[1].texts[i]) ? 1 : 0;
    table.add("starts_with(text,text) bool", starts);
    table.add("^@(text,text) bool", starts);
  }

  private static void quoting(FunctionTable table) {
    table.add("quote_ident(text) text", (r, i, a) -> r.texts[i] = Texts.identifier(a[0].texts[i]));
    table.add("quote_literal(text) text", (r, i, a) -> r.texts[i] = Texts.literal(a[0].texts[i]));
    table.addLenient(
        "quote_nullable(text) text",
        Volatility.IMMUTABLE,
        (x, r, i, a) -> r.texts[i] = a[0].nulls[i] ? "NULL" : Texts.literal(a[0].texts[i]));
  }

  private static void parts(FunctionTable table) {
    table.add(
        "split_part(text,text,int4) text",
        (r, i, a) -> r.texts[i] = splitPart(a[0].texts[i], a[1].texts[i], a[2].longs[i]));
  }

  private static String splitPart(String text, String separator, long number) {
    if (number == 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "field position must not be zero");
    }
    List<String> parts = separator.isEmpty() ? List.of(text) : Texts.split(text, separator);
    long index = number > 0 ? number - 1 : parts.size() + number;
    return index >= 0 && index < parts.size() ? parts.get((int) index) : "";
  }
}
