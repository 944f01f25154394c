// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.clients.ClientNode;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.Timeouts;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kinds of entities, collections of values, batches, pooled sequences, locks that do not wait. */
final class HibernateInheritanceTest {
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
    for (Class<?> entity :
        List.of(
            Vehicle.class,
            Vehicle.Car.class,
            Vehicle.Truck.class,
            Payment.class,
            Payment.Cash.class,
            Payment.Card.class)) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration
        .setProperty("hibernate.connection.url", node.url("reWriteBatchedInserts=true"))
        .setProperty("hibernate.hbm2ddl.auto", definitions)
        .setProperty("hibernate.hbm2ddl.halt_on_error", "true")
        .setProperty("hibernate.jdbc.batch_size", "30")
        .setProperty("hibernate.order_inserts", "true")
        .buildSessionFactory();
  }

  private long truck() {
    return sessions.fromTransaction(session -> {
      Vehicle.Truck truck = new Vehicle.Truck();
      truck.plate = "B-1";
      truck.tons = 7.5;
      truck.owners.addAll(List.of("first", "second", "third"));
      truck.mileage.put(2024, 10_000L);
      truck.mileage.put(2025, 25_000L);
      truck.services.add(new Vehicle.Service(LocalDate.of(2025, 2, 3), "north"));
      session.persist(truck);
      return truck.id;
    });
  }

  @Test
  void joinedKindsComeBackAsWhatTheyAre() {
    long id = truck();
    sessions.inTransaction(session -> {
      Vehicle.Car car = new Vehicle.Car();
      car.plate = "B-2";
      car.seats = 4;
      session.persist(car);
    });
    sessions.inTransaction(session -> {
      List<Vehicle> all =
          session.createQuery("from Vehicle v order by v.plate", Vehicle.class).getResultList();
      assertThat(all).hasSize(2);
      assertThat(all.getFirst())
          .isInstanceOfSatisfying(
              Vehicle.Truck.class, truck -> assertThat(truck.tons).isEqualTo(7.5));
      assertThat(
              session
                  .createQuery("select c.seats from Car c where c.plate like 'B%'", Integer.class)
                  .getSingleResult())
          .isEqualTo(4);
      session.remove(session.find(Vehicle.class, id));
    });
    sessions.inTransaction(session ->
        assertThat(
                session
                    .createQuery("select count(v) from Vehicle v where type(v) = Truck", Long.class)
                    .getSingleResult())
            .isZero());
  }

  @Test
  void collectionsOfValuesFollowTheirOwner() {
    long id = truck();
    sessions.inTransaction(session -> {
      Vehicle truck = session.find(Vehicle.class, id);
      truck.owners.remove(1);
      truck.owners.add("fourth");
      truck.mileage.put(2025, 26_000L);
      truck.services.clear();
    });
    sessions.inTransaction(session -> {
      Vehicle truck = session.find(Vehicle.class, id);
      assertThat(truck.owners).containsExactly("first", "third", "fourth");
      assertThat(truck.mileage).containsEntry(2024, 10_000L).containsEntry(2025, 26_000L);
      assertThat(truck.services).isEmpty();
      assertThat(
              session
                  .createQuery(
                      "select v.plate from Vehicle v join v.owners o where o = 'third' and"
                          + " size(v.owners) = 3",
                      String.class)
                  .getResultList())
          .containsExactly("B-1");
    });
  }

  @Test
  void oneTableHoldsEveryKindAndManyRowsGoInBatches() {
    sessions.inTransaction(session -> {
      for (int i = 0; i < 200; i++) {
        Payment payment = i % 2 == 0 ? new Payment.Cash() : new Payment.Card();
        payment.amount = new BigDecimal(i + ".50");
        session.persist(payment);
      }
    });
    sessions.inTransaction(session -> {
      assertThat(
              session
                  .createQuery("select sum(p.amount) from Cash p", BigDecimal.class)
                  .getSingleResult())
          .isEqualByComparingTo("9950");
      List<Payment> page =
          session
              .createQuery("from Payment p order by p.amount desc", Payment.class)
              .setFirstResult(10)
              .setMaxResults(5)
              .getResultList();
      assertThat(page)
          .extracting(payment -> payment.amount.intValue())
          .containsExactly(189, 188, 187, 186, 185);
      page.forEach(payment -> payment.amount = BigDecimal.ZERO);
    });
    sessions.inTransaction(session ->
        assertThat(
                session
                    .createNativeQuery(
                        "select count(*) from payment where kind = :kind and version = 1",
                        Long.class)
                    .setParameter("kind", "card")
                    .getSingleResult())
            .isEqualTo(3));
  }

  @Test
  void numbersOfASequenceAreTakenInBlocks() {
    sessions.inTransaction(session -> {
      for (int i = 0; i < 120; i++) {
        session.persist(new Vehicle.Car());
      }
    });
    sessions.inTransaction(session -> {
      assertThat(
              session
                  .createQuery("select count(distinct v.id) from Vehicle v", Long.class)
                  .getSingleResult())
          .isEqualTo(120);
      assertThat(
              session
                  .createNativeQuery("select last_value from vehicle_numbers", Long.class)
                  .getSingleResult())
          .isLessThanOrEqualTo(201);
    });
  }

  @Test
  void aLockThatDoesNotWaitFailsAtOnce() {
    long id = truck();
    sessions.inTransaction(session -> {
      session.find(Vehicle.class, id, LockModeType.PESSIMISTIC_WRITE);
      assertThatThrownBy(() ->
              sessions.inTransaction(other ->
                  other.find(Vehicle.class, id, LockModeType.PESSIMISTIC_WRITE, Timeouts.NO_WAIT)))
          .isInstanceOf(PersistenceException.class)
          .hasStackTraceContaining("could not obtain lock on row");
    });
  }

  @Test
  void theSchemaOfAllKindsIsValid() {
    truck();
    factory("validate").close();
    factory("update").close();
    sessions.inTransaction(session ->
        assertThat(session.createQuery("from Vehicle", Vehicle.class).getResultList()).hasSize(1));
  }
}
