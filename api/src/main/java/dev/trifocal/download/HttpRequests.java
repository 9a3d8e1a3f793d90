package dev.trifocal.download;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Sends HTTP requests, following redirects and retrying when a server is busy. */
final class HttpRequests {
  static final String GET = "GET";
  static final String HEAD = "HEAD";

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final int MOST_REDIRECTS = 10;

  private final RetryPolicy retry;
  private final HttpClient client;

  HttpRequests(RetryPolicy retry) {
    this.retry = retry;
    // Redirects are followed here: HttpClient would forward the token to other hosts.
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(retry.silence())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  RetryPolicy patience() {
    return retry;
  }

  /** A redirect response with its source and destination. */
  record Redirect(HttpResponse<?> answer, URI from, URI to) {
    /** Returns whether the redirect stays on the same server. */
    boolean isLocal() {
      return isOneServer(from, to);
    }
  }

  /**
   * Sends a request and returns the first response that is not a redirect, or is a redirect that
   * {@code follow} rejects.
   *
   * @throws DownloadException if a server cannot be reached or there are too many redirects
   */
  HttpResponse<InputStream> send(
      String method, RemoteFile file, Map<String, String> headers, Predicate<Redirect> follow)
      throws DownloadException {
    URI address = file.address();
    Optional<AccessToken> token = file.token();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpRequest.Builder request = request(address).method(method, noBody());
      headers.forEach(request::header);
      token.ifPresent(given -> request.header("Authorization", "Bearer " + given.secret()));
      HttpResponse<InputStream> answer = patiently(request.build());
      if (!REDIRECTS.contains(answer.statusCode())) {
        return answer;
      }
      Redirect redirect = redirect(answer, address);
      if (!follow.test(redirect)) {
        return answer;
      }
      close(answer);
      address = redirect.to();
      if (!redirect.isLocal()) {
        token = Optional.empty();
      }
    }
    throw new DownloadException("too many redirects");
  }

  /** Returns a description of a connection failure. */
  String reason(URI source, IOException problem) {
    if (problem instanceof InterruptedIOException) {
      throw interrupted(source, problem);
    }
    if (problem instanceof HttpTimeoutException) {
      return "%s did not respond within %s".formatted(source.getHost(), seconds(retry.silence()));
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "cannot resolve the host %s; check the network connection"
            .formatted(source.getHost());
      }
    }
    if (problem instanceof ConnectException) {
      return "cannot connect to " + source.getHost();
    }
    return "the connection was lost (%s)".formatted(problem.getMessage());
  }

  /** Discards the rest of a response. */
  static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new AssertionError("closing the body performs no I/O", e);
    }
  }

  /** Returns a message suffix with the delay that a busy server requests, or an empty string. */
  static String wait(HttpResponse<?> answer) {
    return retryAfter(answer).map(wait -> " and asks to wait " + seconds(wait)).orElse("");
  }

  private HttpResponse<InputStream> patiently(HttpRequest request) throws DownloadException {
    for (int attempt = 0; ; attempt++) {
      HttpResponse<InputStream> answer = once(request);
      Duration pause = retryAfter(answer).orElse(retry.pauseAfter(attempt));
      if (!PASSING.contains(answer.statusCode())
          || attempt >= retry.retries()
          || pause.compareTo(retry.longestPause()) > 0) {
        return answer;
      }
      close(answer);
      sleep(request.uri(), pause);
    }
  }

  private HttpResponse<InputStream> once(HttpRequest request) throws DownloadException {
    try {
      return client.send(request, info -> new TimeoutBody(retry.silence()));
    } catch (IOException e) {
      throw new DownloadException(reason(request.uri(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(request.uri(), e);
    }
  }

  private HttpRequest.Builder request(URI address) throws DownloadException {
    try {
      return HttpRequest.newBuilder(address)
          .timeout(retry.silence())
          .header("Accept-Encoding", "identity");
    } catch (IllegalArgumentException e) {
      throw new DownloadException(
          address + " is not a valid file address (" + e.getMessage() + ")", e);
    }
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static Redirect redirect(HttpResponse<InputStream> answer, URI address)
      throws DownloadException {
    String location = answer.headers().firstValue("Location").orElse("");
    try {
      URI next = address.resolve(location);
      if (location.isEmpty() || next.getHost() == null) {
        throw new IllegalArgumentException(location);
      }
      if (address.getScheme().equals("https") && !next.getScheme().equals("https")) {
        throw new DownloadException("the server redirects from https to " + next.getScheme());
      }
      return new Redirect(answer, address, next);
    } catch (IllegalArgumentException e) {
      throw new DownloadException(
          "the server redirects to an invalid address: '%s'".formatted(location), e);
    }
  }

  private static boolean isOneServer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private static void sleep(URI source, Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(source, e);
    }
  }

  private static FileException interrupted(URI source, Exception cause) {
    return new FileException("the download of " + source + " was interrupted", cause);
  }

  private static String seconds(Duration time) {
    return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }
}
