// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.text.Texts;
import java.util.List;

/** Functions of text. */
final class TextCode {
  private TextCode() {}

  static void addTo(CodeTable table) {
    padding(table);
    characters(table);
    quoting(table);
    parts(table);
  }

  private static void padding(CodeTable table) {
    table.add(
        "lpad(text,int4)",
        (x, r, i, a) -> r.texts[i] = Texts.padLeft(a[0].texts[i], a[1].longs[i], " "));
    table.add(
        "lpad(text,int4,text)",
        (x, r, i, a) -> r.texts[i] = Texts.padLeft(a[0].texts[i], a[1].longs[i], a[2].texts[i]));
    table.add(
        "rpad(text,int4)",
        (x, r, i, a) -> r.texts[i] = Texts.padRight(a[0].texts[i], a[1].longs[i], " "));
    table.add(
        "rpad(text,int4,text)",
        (x, r, i, a) -> r.texts[i] = Texts.padRight(a[0].texts[i], a[1].longs[i], a[2].texts[i]));
    table.add(
        "overlay(text,text,int4)",
        (x, r, i, a) ->
            r.texts[i] =
                Texts.overlay(
                    a[0].texts[i],
                    a[1].texts[i],
                    a[2].longs[i],
                    a[1].texts[i].codePointCount(0, a[1].texts[i].length())));
    table.add(
        "overlay(text,text,int4,int4)",
        (x, r, i, a) ->
            r.texts[i] = Texts.overlay(a[0].texts[i], a[1].texts[i], a[2].longs[i], a[3].longs[i]));
  }

  private static void characters(CodeTable table) {
    table.add(
        "ascii(text)",
        (x, r, i, a) -> r.longs[i] = a[0].texts[i].isEmpty() ? 0 : a[0].texts[i].codePointAt(0));
    table.add("chr(int4)", (x, r, i, a) -> r.texts[i] = Texts.character(a[0].longs[i]));
    table.add(
        "bit_length(text)",
        (x, r, i, a) ->
            r.longs[i] =
                8L * a[0].texts[i].getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    table.add("initcap(text)", (x, r, i, a) -> r.texts[i] = Texts.capitalized(a[0].texts[i]));
    table.add(
        "translate(text,text,text)",
        (x, r, i, a) -> r.texts[i] = Texts.translate(a[0].texts[i], a[1].texts[i], a[2].texts[i]));
    table.add(
        "to_hex(int4)", (x, r, i, a) -> r.texts[i] = Integer.toHexString((int) a[0].longs[i]));
    table.add("to_hex(int8)", (x, r, i, a) -> r.texts[i] = Long.toHexString(a[0].longs[i]));
    FunctionCode starts =
        (x, r, i, a) -> r.longs[i] = a[0].texts[i].startsWith(a[1].texts[i]) ? 1 : 0;
    table.add("starts_with(text,text)", starts);
    table.add("^@(text,text)", starts);
    table.add(
        "!~~(text,text)",
        (x, r, i, a) -> r.longs[i] = LikePattern.matches(a[0].texts[i], a[1].texts[i]) ? 0 : 1);
    table.add(
        "!~~*(text,text)",
        (x, r, i, a) ->
            r.longs[i] = LikePattern.matchesIgnoringCase(a[0].texts[i], a[1].texts[i]) ? 0 : 1);
  }

  private static void quoting(CodeTable table) {
    table.add("quote_ident(text)", (x, r, i, a) -> r.texts[i] = Texts.identifier(a[0].texts[i]));
    table.add("quote_literal(text)", (x, r, i, a) -> r.texts[i] = Texts.literal(a[0].texts[i]));
    table.add(
        "quote_nullable(text)",
        (x, r, i, a) -> r.texts[i] = a[0].nulls[i] ? "NULL" : Texts.literal(a[0].texts[i]));
  }

  private static void parts(CodeTable table) {
    table.add(
        "split_part(text,text,int4)",
        (x, r, i, a) -> r.texts[i] = splitPart(a[0].texts[i], a[1].texts[i], a[2].longs[i]));
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
