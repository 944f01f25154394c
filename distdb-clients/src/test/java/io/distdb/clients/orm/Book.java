// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

@Entity
class Book {
  enum Binding {
    HARD,
    SOFT
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "books")
  @SequenceGenerator(name = "books", sequenceName = "book_numbers", allocationSize = 10)
  Long id;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  Author author;

  String title;

  @Column(precision = 10, scale = 2)
  BigDecimal price;

  @Enumerated(EnumType.STRING)
  Binding binding = Binding.SOFT;

  Instant added = Instant.parse("2026-11-26T12:00:00.123456Z");
  UUID code = new UUID(1, 2);
  byte[] cover = {1, 0, -1};
  boolean lent;
  String[] keywords = {"a", "b,c"};

  @ManyToMany Set<Subject> subjects = new HashSet<>();

  Book() {}

  Book(Author author, String title, String price) {
    this.author = author;
    this.title = title;
    this.price = new BigDecimal(price);
  }
}
