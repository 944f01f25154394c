// SPDX-License-Identifier: MIT
package io.distdb.clients.orm;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import java.util.HashSet;
import java.util.Set;

@Entity
class Subject {
  @Id String name;

  @ManyToMany(mappedBy = "subjects")
  Set<Book> books = new HashSet<>();

  Subject() {}

  Subject(String name) {
    this.name = name;
  }
}
