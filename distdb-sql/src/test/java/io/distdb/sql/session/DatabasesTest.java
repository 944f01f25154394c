// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import org.junit.jupiter.api.Test;

/** Several databases in one store. */
class DatabasesTest {
  private final FakeTransactionManager transactions = new FakeTransactionManager();
  private final Databases databases = open();
  private final Session session = databases.main().newSession();

  private Databases open() {
    return Databases.open(
        transactions, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT);
  }

  private static ErrorCode refusal(Session session, String sql) {
    return catchThrowableOfType(DistDbException.class, () -> session.execute(sql)).code();
  }

  private static long count(Session session, String table) {
    try (ResultRows rows =
        ((StatementResult.Rows) session.execute("SELECT count(*) FROM " + table)).rows()) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(0);
    }
  }

  @Test
  void postgresIsThereFromTheStart() {
    assertThat(databases.names()).containsExactly("postgres");
    assertThat(databases.main().name()).isEqualTo("postgres");
    assertThat(databases.likelyName()).isEqualTo("postgres");
  }

  @Test
  void databasesShareNeitherTablesNorNames() {
    session.execute("CREATE DATABASE shop");
    session.execute("CREATE TABLE t (id integer PRIMARY KEY)");
    session.execute("INSERT INTO t VALUES (1)");
    try (Session shop = databases.database("shop").newSession()) {
      assertThat(refusal(shop, "SELECT * FROM t")).isEqualTo(ErrorCode.UNDEFINED_TABLE);
      shop.execute("CREATE TABLE t (id integer PRIMARY KEY, name text, CHECK (id > 0))");
      shop.execute("CREATE INDEX t_name ON t (name)");
      shop.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
      shop.execute("CREATE SCHEMA s");
      shop.execute("CREATE TABLE s.u (a int UNIQUE)");
      assertThat(count(shop, "t")).isEqualTo(2);
    }
    assertThat(count(session, "t")).isEqualTo(1);
    assertThat(refusal(session, "SELECT * FROM s.u")).isEqualTo(ErrorCode.UNDEFINED_TABLE);
    assertThat(databases.database("shop").definitions().schema("s")).isPresent();
    assertThat(databases.main().definitions().schema("s")).isEmpty();
  }

  @Test
  void databasesAreThereWhenTheStoreIsOpenedAgain() {
    session.execute("CREATE DATABASE shop");
    try (Session shop = databases.database("shop").newSession()) {
      shop.execute("CREATE TABLE t (a int)");
      shop.execute("INSERT INTO t VALUES (7)");
    }
    Databases again = open();
    assertThat(again.names()).containsExactly("postgres", "shop");
    try (Session shop = again.database("shop").newSession()) {
      assertThat(count(shop, "t")).isEqualTo(1);
    }
  }

  @Test
  void theOnlyUserDatabaseIsLikelyMeantWhileTheMainOneIsEmpty() {
    session.execute("CREATE DATABASE shop");
    assertThat(databases.likelyName()).isEqualTo("shop");
    session.execute("CREATE TABLE t (a int)");
    assertThat(databases.likelyName()).isEqualTo("postgres");
    session.execute("DROP TABLE t");
    session.execute("CREATE DATABASE other");
    assertThat(databases.likelyName()).isEqualTo("postgres");
  }

  @Test
  void aNameIsTakenOnce() {
    session.execute("CREATE DATABASE shop ENCODING = 'UTF8'");
    assertThat(refusal(session, "CREATE DATABASE shop")).isEqualTo(ErrorCode.DUPLICATE_DATABASE);
    assertThat(refusal(session, "CREATE DATABASE postgres"))
        .isEqualTo(ErrorCode.DUPLICATE_DATABASE);
    session.execute("CREATE DATABASE \"Shop\"");
    assertThat(databases.names()).containsExactly("Shop", "postgres", "shop");
  }

  @Test
  void whatEveryDatabaseIsMayBeAskedFor() {
    session.execute(
        "CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LOCALE_PROVIDER = libc"
            + " LOCALE = 'C.UTF-8' TABLESPACE = pg_default CONNECTION LIMIT -1 ALLOW_CONNECTIONS"
            + " true IS_TEMPLATE = false");
    assertThat(refusal(session, "CREATE DATABASE other LOCALE 'en_US.UTF-8'"))
        .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    assertThat(refusal(session, "CREATE DATABASE other CONNECTION LIMIT 5"))
        .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    assertThat(databases.names()).containsExactly("postgres", "shop");
  }

  @Test
  void theCatalogTellsWhoseADatabaseIsAndWhatIsGrantedOnIt() {
    session.execute("CREATE ROLE alice");
    session.execute("CREATE DATABASE shop OWNER alice");
    session.execute("GRANT CREATE ON DATABASE shop TO PUBLIC");
    String shops =
        "pg_database WHERE datname = 'shop' AND pg_get_userbyid(datdba) = 'alice' AND"
            + " array_to_string(datacl, ' ') = '=CTc/alice alice=CTc/alice'";
    assertThat(count(session, shops)).isEqualTo(1);
    assertThat(count(session, "pg_database WHERE datdba = 10 AND datacl IS NULL")).isEqualTo(1);
  }

  @Test
  void optionsAreRefusedByName() {
    DistDbException refused =
        catchThrowableOfType(
            DistDbException.class,
            () -> session.execute("CREATE DATABASE shop WITH TEMPLATE = bob"));
    assertThat(refused.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    assertThat(refused.getMessage()).contains("TEMPLATE");
    assertThat(refusal(session, "CREATE DATABASE shop ENCODING 'LATIN1'"))
        .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    assertThat(databases.names()).containsExactly("postgres");
  }

  @Test
  void neitherRunsWithinATransactionBlock() {
    session.execute("BEGIN");
    assertThat(refusal(session, "CREATE DATABASE shop")).isEqualTo(ErrorCode.ACTIVE_TRANSACTION);
    session.execute("ROLLBACK");
    session.execute("BEGIN");
    assertThat(refusal(session, "DROP DATABASE shop")).isEqualTo(ErrorCode.ACTIVE_TRANSACTION);
    session.execute("ROLLBACK");
    assertThat(databases.names()).containsExactly("postgres");
  }

  @Test
  void aDroppedDatabaseIsGoneWithAllThatWasInIt() {
    int before = transactions.indexCount();
    session.execute("CREATE DATABASE shop");
    try (Session shop = databases.database("shop").newSession()) {
      shop.execute("CREATE TABLE t (id integer PRIMARY KEY, name text UNIQUE)");
    }
    Database open = databases.database("shop");
    session.execute("DROP DATABASE shop");
    assertThat(databases.names()).containsExactly("postgres");
    assertThat(transactions.indexCount()).isEqualTo(before);
    assertThat(catchThrowableOfType(DistDbException.class, open::newSession).code())
        .isEqualTo(ErrorCode.UNDEFINED_DATABASE);
    session.execute("CREATE DATABASE shop");
    assertThat(databases.database("shop").definitions().tables()).isEmpty();
  }

  @Test
  void aDatabaseInUseStays() {
    session.execute("CREATE DATABASE shop");
    try (Session shop = databases.database("shop").newSession()) {
      assertThat(refusal(session, "DROP DATABASE shop")).isEqualTo(ErrorCode.DATABASE_IN_USE);
      assertThat(refusal(shop, "DROP DATABASE shop")).isEqualTo(ErrorCode.DATABASE_IN_USE);
      shop.execute("CREATE TABLE t (a int)");
    }
    session.execute("DROP DATABASE shop");
    assertThat(databases.names()).containsExactly("postgres");
  }

  @Test
  void whatIsNotThereIsDroppedOnRequestOnly() {
    assertThat(refusal(session, "DROP DATABASE shop")).isEqualTo(ErrorCode.UNDEFINED_DATABASE);
    StatementResult.Command skipped =
        (StatementResult.Command) session.execute("DROP DATABASE IF EXISTS shop");
    assertThat(skipped.notice().orElseThrow().message())
        .isEqualTo("database \"shop\" does not exist, skipping");
    assertThat(refusal(session, "DROP DATABASE shop WITH (FORCE)"))
        .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    try (Session second = session) {
      second.execute("CREATE DATABASE shop");
      Session shop = databases.database("shop").newSession();
      assertThat(refusal(shop, "DROP DATABASE postgres"))
          .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }
  }
}
