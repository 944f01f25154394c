// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import java.util.List;

/**
 * What a run found.
 *
 * @param passed records answered as expected
 * @param refused records answered with 0A000, where the runner was told to accept that
 * @param failures one text a record: place, SQL, what was expected, what came
 */
public record SqlTextReport(int passed, int refused, List<String> failures) {
  public SqlTextReport {
    failures = List.copyOf(failures);
  }
}
