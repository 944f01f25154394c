// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.util.ArrayList;
import java.util.List;

/** Functions that tell of the session (PostgreSQL's documentation, 9.26 and 9.27). */
final class SessionFunctions {
  static final List<ScalarFunction> ALL = all();

  private SessionFunctions() {}

  private static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    all.addAll(
        Signatures.functions(
            Volatility.STABLE,
            """
            current_catalog() text
            current_database() text
            current_role() text
            current_schema() text
            current_user() text
            session_user() text
            user() text
            version() text
            current_setting(text) text
            current_setting(text,bool) text
            """));
    all.addAll(Signatures.functions(Volatility.VOLATILE, "set_config(text,text,bool) text"));
    return List.copyOf(all);
  }
}
