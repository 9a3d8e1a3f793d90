package dev.trifocal.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A response body with a timeout on each read; {@code HttpClient} itself waits indefinitely. */
final class TimeoutBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private final Duration silence;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private Piece current = new Piece(List.of(), Optional.empty());
  private boolean ended;

  TimeoutBody(Duration silence) {
    this.silence = silence;
  }

  /** Received buffers; without buffers, the end of the body or a connection failure. */
  private record Piece(List<ByteBuffer> buffers, Optional<Throwable> failure) {
    private Optional<ByteBuffer> next() {
      return buffers.stream().filter(ByteBuffer::hasRemaining).findFirst();
    }
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.complete(given);
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pieces.add(new Piece(List.copyOf(buffers), Optional.empty()));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(List.of(), Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), Optional.empty()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Optional<ByteBuffer> buffer = current.next();
    while (buffer.isEmpty() && !ended) {
      advance();
      buffer = current.next();
    }
    if (buffer.isEmpty()) {
      return -1;
    }
    int count = Math.min(length, buffer.get().remaining());
    buffer.get().get(target, offset, count);
    if (current.next().isEmpty()) {
      subscription.join().request(1);
    }
    return count;
  }

  @Override
  public void close() {
    CompletableFuture<Void> unused = subscription.thenAccept(Flow.Subscription::cancel);
  }

  private void advance() throws IOException {
    Piece piece;
    try {
      piece = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (piece == null) {
      close();
      throw new HttpTimeoutException("no data received for " + silence);
    }
    if (piece.failure().isPresent()) {
      Throwable failure = piece.failure().get();
      throw failure instanceof IOException io ? io : new IOException(failure);
    }
    ended = piece.buffers().isEmpty();
    current = piece;
  }
}
