package dev.trifocal.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class BufferPoolTest {
  @Test
  void released_memory_is_handed_out_again_for_as_many_elements() {
    try (BufferPool memory = new BufferPool()) {
      INDArray first = memory.take(2, 3);
      memory.release(first);
      assertThat(memory.take(5).data()).isNotSameAs(first.data());
      INDArray second = memory.take(3, 1, 2);
      assertThat(second.data()).isSameAs(first.data());
      assertThat(second.shape()).containsExactly(3, 1, 2);
    }
  }

  @Test
  void memory_stays_taken_until_its_last_owner_lets_go() {
    try (BufferPool memory = new BufferPool()) {
      INDArray array = memory.take(4);
      INDArray view = ArrayViews.shaped(memory.share(array), 2, 2);
      memory.release(array);
      assertThat(memory.take(4).data()).isNotSameAs(array.data());
      memory.release(view);
      assertThat(memory.take(4).data()).isSameAs(array.data());
    }
  }

  @Test
  void letting_go_twice_is_a_mistake_that_shows() {
    try (BufferPool memory = new BufferPool()) {
      INDArray array = memory.take(2, 3);
      memory.release(array);
      assertThatIllegalStateException()
          .isThrownBy(() -> memory.release(array))
          .withMessageContaining("[2, 3]");
    }
  }

  @Test
  void the_end_of_a_run_frees_all_but_what_is_kept() {
    try (BufferPool memory = new BufferPool()) {
      INDArray kept = memory.take(3);
      INDArray forgotten = memory.take(4);
      memory.settle(List.of(kept));
      assertThat(memory.take(3).data()).isNotSameAs(kept.data());
      assertThat(memory.take(4).data()).isSameAs(forgotten.data());
    }
  }

  @Test
  void memory_that_a_run_had_no_use_for_goes_back_to_the_system() {
    try (BufferPool memory = new BufferPool()) {
      INDArray large = memory.take(1000);
      memory.settle(List.of());
      assertThat(large.data().wasClosed()).isFalse();
      memory.settle(List.of());
      assertThat(large.data().wasClosed()).isTrue();
    }
  }

  @Test
  void closing_closes_what_is_taken_and_what_is_free() {
    BufferPool memory = new BufferPool();
    INDArray taken = memory.take(3);
    INDArray free = memory.take(4);
    memory.release(free);
    memory.close();
    assertThat(taken.data().wasClosed()).isTrue();
    assertThat(free.data().wasClosed()).isTrue();
  }
}
