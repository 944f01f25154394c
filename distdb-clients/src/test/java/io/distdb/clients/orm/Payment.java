// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.UUID;

/** One table for all kinds of it. */
@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
@DiscriminatorColumn(name = "kind")
abstract class Payment {
  @Id @GeneratedValue UUID id;

  @Version long version;

  BigDecimal amount;

  @Entity(name = "Cash")
  @DiscriminatorValue("cash")
  static class Cash extends Payment {
    String till;
  }

  @Entity(name = "Card")
  @DiscriminatorValue("card")
  static class Card extends Payment {
    String number;
  }
}
