// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.SequenceValues;
import io.distdb.sql.text.Texts;

/** {@code pg_sequences}: sequences with the number that they gave out last. */
final class PgSequences {
  private PgSequences() {}

  static void addTo(PgRows rows, Environment environment) {
    Owners owners = new Owners(environment.catalog());
    SequenceValues values = environment.sequences();
    for (Sequence sequence : environment.catalog().sequences()) {
      String type = sequence.type().sqlName();
      rows.add()
          .set("schemaname", sequence.schema())
          .set("sequencename", sequence.name())
          .set("sequenceowner", owners.name(sequence.id()))
          .set("data_type", TypeOids.of(sequence.type()), type)
          .set("start_value", sequence.start())
          .set("min_value", sequence.minimum())
          .set("max_value", sequence.maximum())
          .set("increment_by", sequence.increment())
          .set("cycle", sequence.cycles())
          .set("cache_size", sequence.cache());
      String name = Texts.identifier(sequence.schema()) + "." + Texts.identifier(sequence.name());
      if (values.isCalled(name)) {
        rows.set("last_value", values.newest(name));
      }
    }
  }
}
