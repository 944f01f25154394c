// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code grantee=privileges/grantor} (PostgreSQL documentation, 5.7). */
final class AclTexts {
  private static final Map<Character, String> PRIVILEGES =
      Map.ofEntries(
          Map.entry('r', "SELECT"),
          Map.entry('a', "INSERT"),
          Map.entry('w', "UPDATE"),
          Map.entry('d', "DELETE"),
          Map.entry('D', "TRUNCATE"),
          Map.entry('x', "REFERENCES"),
          Map.entry('t', "TRIGGER"),
          Map.entry('C', "CREATE"),
          Map.entry('c', "CONNECT"),
          Map.entry('T', "TEMPORARY"),
          Map.entry('X', "EXECUTE"),
          Map.entry('U', "USAGE"),
          Map.entry('s', "SET"),
          Map.entry('A', "ALTER SYSTEM"));

  private static final RowType EXPLODED =
      new RowType(
          RowType.RECORD,
          List.of(
              new RowType.Field("grantor", SqlType.OID),
              new RowType.Field("grantee", SqlType.OID),
              new RowType.Field("privilege_type", SqlType.TEXT),
              new RowType.Field("is_grantable", SqlType.BOOLEAN)));

  private AclTexts() {}

  static void addTo(FunctionTable table) {
    table.addStable(
        "acldefault(char,oid) aclitem[]",
        (x, r, i, a) -> {
          r.objects[i] = initial(a[0].texts[i], role(a[1].longs[i], x.environment()));
        });
    table.addStable(
        "makeaclitem(oid,oid,text,bool) aclitem",
        (x, r, i, a) -> {
          long grantee = a[0].longs[i];
          r.texts[i] =
              (grantee == 0 ? "" : role(grantee, x.environment()))
                  + "="
                  + letter(a[2].texts[i])
                  + (a[3].longs[i] != 0 ? "*" : "")
                  + "/"
                  + role(a[1].longs[i], x.environment());
        });
  }

  private static char letter(String privilege) {
    return PRIVILEGES.entrySet().stream()
        .filter(entry -> entry.getValue().equalsIgnoreCase(privilege.strip()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "unrecognized privilege type: \"" + privilege + "\""));
  }

  private static String role(long oid, Environment environment) {
    return io.distdb.sql.text.Texts.identifier(ServerFunctions.user(oid, environment));
  }

  /** What an object of a kind has before anything is granted. */
  private static SqlArray initial(String kind, String owner) {
    List<String> items =
        switch (kind) {
          case "r" -> List.of(owner + "=arwdDxt/" + owner);
          case "s" -> List.of(owner + "=rwU/" + owner);
          case "d" -> List.of("=Tc/" + owner, owner + "=CTc/" + owner);
          case "f" -> List.of("=X/" + owner, owner + "=X/" + owner);
          case "l", "T" -> List.of("=U/" + owner, owner + "=U/" + owner);
          case "n" -> List.of(owner + "=UC/" + owner);
          case "t" -> List.of(owner + "=C/" + owner);
          case "F", "S" -> List.of(owner + "=U/" + owner);
          case "L" -> List.of(owner + "=rw/" + owner);
          case "p" -> List.of(owner + "=sA/" + owner);
          default -> List.of();
        };
    return SqlArray.of(SqlType.Scalar.ACLITEM, items.stream().map(Value::of).toList());
  }

  /** A row for each privilege. */
  static List<Value> explode(SqlArray items, Environment environment) {
    List<Value> rows = new ArrayList<>();
    for (Value item : items.elements()) {
      if (item instanceof Value.TextValue(String text)) {
        explode(text, environment, rows);
      }
    }
    return rows;
  }

  private static void explode(String item, Environment environment, List<Value> rows) {
    int equals = item.lastIndexOf('=');
    int slash = item.indexOf('/', equals);
    Value grantee = Value.oid(number(item.substring(0, equals), environment));
    Value grantor = Value.oid(number(item.substring(slash + 1), environment));
    for (int i = equals + 1; i < slash; i++) {
      String privilege = PRIVILEGES.get(item.charAt(i));
      if (privilege != null) {
        boolean grantable = item.charAt(i + 1) == '*';
        List<Value> row = List.of(grantor, grantee, Value.of(privilege), Value.of(grantable));
        rows.add(new Value.RowValue(new SqlRow(EXPLODED, row)));
      }
    }
  }

  /** 0 for everybody. */
  private static long number(String role, Environment environment) {
    if (role.isEmpty()) {
      return 0;
    }
    return environment.names().read(SqlType.Scalar.REGROLE, role).oid();
  }
}
