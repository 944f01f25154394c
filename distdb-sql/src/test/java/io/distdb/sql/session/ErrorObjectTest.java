// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorObject;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which fields PostgreSQL 15 fills of these errors, and that a session's errors have them. */
class ErrorObjectTest {
  private final Session session =
      Database.open(
              new FakeTransactionManager(),
              Scheduler.threads(),
              Clock.system(),
              DatabaseOptions.DEFAULT)
          .newSession();

  @BeforeEach
  void create() {
    session.execute("CREATE TABLE p (id integer PRIMARY KEY, n integer NOT NULL CHECK (n > 0))");
    session.execute("CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p)");
    session.execute("INSERT INTO p VALUES (1, 1)");
    session.execute("INSERT INTO c VALUES (1, 1)");
  }

  private ErrorObject objectOf(String sql) {
    return catchThrowableOfType(DistDbException.class, () -> session.execute(sql))
        .object()
        .orElseThrow();
  }

  @Test
  void aNullNamesItsColumn() {
    ErrorObject column = ErrorObject.ofColumn("public", "p", "n");
    assertThat(objectOf("INSERT INTO p VALUES (2, NULL)")).isEqualTo(column);
    assertThat(objectOf("UPDATE p SET n = NULL")).isEqualTo(column);
    session.execute("ALTER TABLE c ADD COLUMN x integer");
    assertThat(objectOf("ALTER TABLE c ALTER COLUMN x SET NOT NULL"))
        .isEqualTo(ErrorObject.ofColumn("public", "c", "x"));
  }

  @Test
  void aDuplicateNamesItsConstraint() {
    assertThat(objectOf("INSERT INTO p VALUES (1, 1)"))
        .isEqualTo(ErrorObject.ofConstraint("public", "p", "p_pkey"));
    session.execute("INSERT INTO p VALUES (2, 1)");
    assertThat(objectOf("CREATE UNIQUE INDEX p_n ON p (n)"))
        .isEqualTo(ErrorObject.ofConstraint("public", "p", "p_n"));
  }

  @Test
  void aCheckNamesItself() {
    assertThat(objectOf("INSERT INTO p VALUES (3, -1)"))
        .isEqualTo(ErrorObject.ofConstraint("public", "p", "p_n_check"));
    assertThat(objectOf("ALTER TABLE p ADD CONSTRAINT big CHECK (n > 10)"))
        .isEqualTo(ErrorObject.ofConstraint("public", "p", "big"));
  }

  @Test
  void aForeignKeyIsTheReferencingTables() {
    ErrorObject key = ErrorObject.ofConstraint("public", "c", "c_p_fkey");
    assertThat(objectOf("INSERT INTO c VALUES (2, 7)")).isEqualTo(key);
    assertThat(objectOf("DELETE FROM p")).isEqualTo(key);
  }

  @Test
  void otherErrorsAreAboutNothing() {
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> session.execute("INSERT INTO p VALUES (1 / 0, 1)"));
    assertThat(error.object()).isEmpty();
  }
}
