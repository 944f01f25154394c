// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.clients.ClientNode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HibernateTest {
  private ClientNode node;
  private SessionFactory sessions;

  @BeforeEach
  void start() {
    node = new ClientNode();
    sessions = factory("create");
  }

  @AfterEach
  void stop() {
    sessions.close();
    node.close();
  }

  private SessionFactory factory(String definitions) {
    Configuration configuration = new Configuration();
    for (Class<?> entity : List.of(Author.class, Book.class, Subject.class)) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration
        .setProperty("hibernate.connection.url", node.url())
        .setProperty("hibernate.hbm2ddl.auto", definitions)
        .setProperty("hibernate.hbm2ddl.halt_on_error", "true")
        .setProperty("hibernate.jdbc.batch_size", "20")
        .buildSessionFactory();
  }

  private long library() {
    return sessions.fromTransaction(session -> {
      Author author = new Author("Lem");
      Subject stars = new Subject("stars");
      session.persist(stars);
      author.writes("Solaris", "12.50").subjects.add(stars);
      author.writes("Eden", "9.90").subjects.add(stars);
      author.writes("Golem XIV", "20.00").binding = Book.Binding.HARD;
      session.persist(author);
      return author.id;
    });
  }

  @Test
  void entitiesAndTheirRelationsComeBack() {
    long id = library();
    sessions.inTransaction(session -> {
      Author author = session.find(Author.class, id);
      assertThat(author.books).hasSize(3);
      Book solaris =
          author.books.stream()
              .filter(book -> book.title.equals("Solaris"))
              .findFirst()
              .orElseThrow();
      assertThat(solaris.price).isEqualTo(new BigDecimal("12.50"));
      assertThat(solaris.added).isEqualTo(Instant.parse("2026-11-26T12:00:00.123456Z"));
      assertThat(solaris.code).hasToString("00000000-0000-0001-0000-000000000002");
      assertThat(solaris.cover).containsExactly(1, 0, -1);
      assertThat(solaris.keywords).containsExactly("a", "b,c");
      assertThat(session.find(Subject.class, "stars").books).hasSize(2);
    });
  }

  @Test
  void changesAndDeletionsReachTheTables() {
    long id = library();
    sessions.inTransaction(session -> {
      Author author = session.find(Author.class, id);
      author.name = "Stanislaw Lem";
      author.books.removeIf(book -> book.title.equals("Eden"));
    });
    sessions.inTransaction(session -> {
      Author author = session.find(Author.class, id);
      assertThat(author.version).isEqualTo(1);
      assertThat(author.books)
          .extracting(book -> book.title)
          .containsExactlyInAnyOrder("Solaris", "Golem XIV");
      session.remove(author);
    });
    assertThat(count("select count(*) from book")).isZero();
    assertThat(count("select count(*) from book_subject")).isZero();
    assertThat(count("select count(*) from subject")).isOne();
  }

  private long count(String sql) {
    return sessions.fromTransaction(
        session -> session.createNativeQuery(sql, Long.class).getSingleResult());
  }

  @Test
  void queriesOfTheMappingAreAnswered() {
    library();
    try (EntityManager manager = sessions.createEntityManager()) {
      assertThat(
              manager
                  .createQuery(
                      "select b.title from Book b join b.subjects s where s.name = :subject"
                          + " and b.price between :low and :high order by lower(b.title)",
                      String.class)
                  .setParameter("subject", "stars")
                  .setParameter("low", BigDecimal.ONE)
                  .setParameter("high", BigDecimal.TEN)
                  .getResultList())
          .containsExactly("Eden");
      assertThat(
              manager
                  .createQuery("select b from Book b join fetch b.author order by b.id", Book.class)
                  .setFirstResult(1)
                  .setMaxResults(1)
                  .getSingleResult()
                  .title)
          .isEqualTo("Eden");
      Object[] figures =
          manager
              .createQuery(
                  "select a.name, count(b), sum(b.price), max(b.price) from Author a left join"
                      + " a.books b group by a.name having count(b) > 1",
                  Object[].class)
              .getSingleResult();
      assertThat(figures)
          .containsExactly("Lem", 3L, new BigDecimal("42.40"), new BigDecimal("20.00"));
    }
  }

  @Test
  void bulkChangesTellHowMany() {
    library();
    sessions.inTransaction(session -> {
      assertThat(
              session
                  .createMutationQuery(
                      "update Book b set b.lent = true where b.binding = :binding and exists"
                          + " (select 1 from Author a where a = b.author)")
                  .setParameter("binding", Book.Binding.SOFT)
                  .executeUpdate())
          .isEqualTo(2);
      assertThat(session.createMutationQuery("delete from Book b where not b.lent").executeUpdate())
          .isEqualTo(1);
    });
  }

  @Test
  void theSecondOfTwoWritersOfOneVersionFails() {
    long id = library();
    try (EntityManager late = sessions.createEntityManager()) {
      late.getTransaction().begin();
      Author seen = late.find(Author.class, id);
      sessions.inTransaction(session -> session.find(Author.class, id).name = "first");
      seen.name = "second";
      assertThatThrownBy(late::flush).isInstanceOf(OptimisticLockException.class);
      late.getTransaction().rollback();
    }
    sessions.inTransaction(
        session -> assertThat(session.find(Author.class, id).name).isEqualTo("first"));
  }

  @Test
  void rowsAreLockedForUpdate() {
    long id = library();
    sessions.inTransaction(session -> {
      Author author = session.find(Author.class, id, LockModeType.PESSIMISTIC_WRITE);
      try (EntityManager other = sessions.createEntityManager()) {
        other.getTransaction().begin();
        assertThat(
                other
                    .createNativeQuery("select id from author for update skip locked")
                    .getResultList())
            .isEmpty();
        other.getTransaction().rollback();
      }
      author.name = "locked";
    });
  }

  @Test
  void aBrokenConstraintIsNamed() {
    library();
    assertThatThrownBy(() -> sessions.inTransaction(session -> session.persist(new Author("Lem"))))
        .isInstanceOfSatisfying(
            ConstraintViolationException.class,
            error -> {
              assertThat(error.getSQLState()).isEqualTo("23505");
              assertThat(error.getConstraintName()).isNotBlank();
            });
  }

  @Test
  void theSchemaItMadeIsValidAndNeedsNoUpdate() {
    library();
    factory("validate").close();
    factory("update").close();
    assertThat(count("select count(*) from book")).isEqualTo(3);
  }

  @Test
  void aMissingColumnIsFoundAndMade() {
    sessions.inTransaction(session ->
        session.createNativeMutationQuery("alter table book drop column lent").executeUpdate());
    assertThatThrownBy(() -> factory("validate"))
        .isInstanceOf(SchemaManagementException.class)
        .hasMessageContaining("lent");
    factory("update").close();
    factory("validate").close();
  }
}
