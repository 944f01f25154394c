// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.Numeric;
import io.distdb.sql.format.DateTimeReader;
import io.distdb.sql.format.DateTimeWriter;
import io.distdb.sql.format.NumberReader;
import io.distdb.sql.format.NumberWriter;
import io.distdb.sql.vector.Vector;

/** {@code to_char}, {@code to_date}, {@code to_timestamp} and {@code to_number}. */
final class TemplateFunctions {
  private TemplateFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "to_char(timestamp,text) text",
        (x, r, i, a) -> set(r, i, DateTimeWriter.of(a[1].texts[i]).timestamp(a[0].longs[i])));
    table.addStable(
        "to_char(timestamptz,text) text",
        (x, r, i, a) ->
            set(
                r,
                i,
                DateTimeWriter.of(a[1].texts[i])
                    .timestamptz(a[0].longs[i], x.environment().zone())));
    table.add(
        "to_char(interval,text) text",
        (r, i, a) ->
            set(
                r,
                i,
                DateTimeWriter.of(a[1].texts[i]).interval(DateTimeOperators.interval(a[0], i))));
    RowFunction whole =
        (r, i, a) -> r.texts[i] = NumberWriter.of(a[1].texts[i]).integer(a[0].longs[i]);
    table.add("to_char(int4,text) text", whole);
    table.add("to_char(int8,text) text", whole);
    table.add(
        "to_char(numeric,text) text",
        (r, i, a) ->
            r.texts[i] = NumberWriter.of(a[1].texts[i]).numeric((Numeric) a[0].objects[i]));
    table.add(
        "to_char(float8,text) text",
        (r, i, a) -> r.texts[i] = NumberWriter.of(a[1].texts[i]).doublePrecision(a[0].doubles[i]));
    table.add(
        "to_char(float4,text) text",
        (r, i, a) -> r.texts[i] = NumberWriter.of(a[1].texts[i]).real((float) a[0].doubles[i]));
    table.add(
        "to_number(text,text) numeric",
        (r, i, a) -> r.objects[i] = NumberReader.read(a[0].texts[i], a[1].texts[i]));
    table.add(
        "to_date(text,text) date",
        (r, i, a) -> r.longs[i] = DateTimeReader.date(a[0].texts[i], a[1].texts[i]));
    table.addStable(
        "to_timestamp(text,text) timestamptz",
        (x, r, i, a) ->
            r.longs[i] =
                DateTimeReader.timestamptz(a[0].texts[i], a[1].texts[i], x.environment().zone()));
  }

  private static void set(Vector result, int row, String text) {
    result.nulls[row] = text == null;
    result.texts[row] = text;
  }
}
