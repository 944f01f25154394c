// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.function.Environment;

/** {@code pg_sequence}. */
final class PgSequence {
  private PgSequence() {}

  static void addTo(PgRows rows, Environment environment) {
    for (Sequence sequence : environment.catalog().sequences()) {
      rows.add()
          .set("seqrelid", Oids.of(sequence))
          .set("seqtypid", TypeOids.of(sequence.type()))
          .set("seqstart", sequence.start())
          .set("seqincrement", sequence.increment())
          .set("seqmax", sequence.maximum())
          .set("seqmin", sequence.minimum())
          .set("seqcache", sequence.cache())
          .set("seqcycle", sequence.cycles());
    }
  }
}
