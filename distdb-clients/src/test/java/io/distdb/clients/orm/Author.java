// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

@Entity
class Author {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Version int version;

  @Column(nullable = false, unique = true, length = 80)
  String name;

  LocalDate born;

  @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, orphanRemoval = true)
  List<Book> books = new ArrayList<>();

  Author() {}

  Author(String name) {
    this.name = name;
  }

  Book writes(String title, String price) {
    Book book = new Book(this, title, price);
    books.add(book);
    return book;
  }
}
