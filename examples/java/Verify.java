// Verifies an access token with the JDK (17 or newer) and nothing else:
// java Verify.java - --jwks URL --issuer ISS --audience AUD [--revocations URL]

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

public class Verify {
  /** Its message is a reason code of docs/verify.md. */
  static class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  /** JSON text to Map, List, String, Long, Double, Boolean or null. A member twice is an error. */
  static class Json {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private final String text;
    private int at = 0;

    private Json(String text) {
      this.text = text;
    }

    static Object read(String text) {
      Json json = new Json(text);
      Object value = json.value(0);
      if (json.peek() != 0) throw new IllegalArgumentException("text after the value");
      return value;
    }

    private char peek() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
      return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char wanted) {
      if (peek() != wanted) return false;
      at++;
      return true;
    }

    private void need(char wanted) {
      if (!skip(wanted)) throw new IllegalArgumentException("not JSON");
    }

    private Object value(int depth) {
      if (depth > 16) throw new IllegalArgumentException("too deep");
      switch (peek()) {
        case '{':
          return object(depth);
        case '[':
          return list(depth);
        case '"':
          return string();
        default:
          return literal();
      }
    }

    private Map<String, Object> object(int depth) {
      Map<String, Object> members = new LinkedHashMap<>();
      need('{');
      if (skip('}')) return members;
      do {
        if (peek() != '"') throw new IllegalArgumentException("not JSON");
        String name = string();
        need(':');
        if (members.containsKey(name)) throw new IllegalArgumentException("a member twice");
        members.put(name, value(depth + 1));
      } while (skip(','));
      need('}');
      return members;
    }

    private List<Object> list(int depth) {
      List<Object> items = new ArrayList<>();
      need('[');
      if (skip(']')) return items;
      do items.add(value(depth + 1));
      while (skip(','));
      need(']');
      return items;
    }

    private String string() {
      StringBuilder out = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c < ' ') throw new IllegalArgumentException("not JSON");
        if (c != '\\') {
          out.append(c);
          continue;
        }
        char escape = text.charAt(++at);
        int known = "\"\\/bfnrt".indexOf(escape);
        if (known >= 0) {
          out.append("\"\\/\b\f\n\r\t".charAt(known));
        } else if (escape == 'u') {
          out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          throw new IllegalArgumentException("not JSON");
        }
      }
      at++;
      return out.toString();
    }

    private Object literal() {
      int start = at;
      while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(start, at);
      if (word.equals("true") || word.equals("false")) return word.equals("true");
      if (word.equals("null")) return null;
      if (!NUMBER.matcher(word).matches()) throw new IllegalArgumentException("not JSON");
      if (WHOLE.matcher(word).matches()) return Long.parseLong(word);
      return Double.parseDouble(word);
    }
  }

  static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  /** HTTP/1.1: left alone it asks for an upgrade to HTTP/2 in clear text, which the app refuses with 426. */
  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  static String get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    var answer = CLIENT.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IOException("status " + answer.statusCode());
    return answer.body();
  }

  static byte[] bytes(String base64url) {
    return Base64.getUrlDecoder().decode(base64url);
  }

  static BigInteger integer(Map<?, ?> jwk, String name) {
    return new BigInteger(1, bytes((String) jwk.get(name)));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String part) throws Refused {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(part))).toString();
      return (Map<String, Object>) Json.read(text);
    } catch (CharacterCodingException | RuntimeException notAnObject) {
      throw new Refused("malformed");
    }
  }

  /** Our published keys, fetched again for an unknown kid at most once in ten seconds. */
  static class KeySet {
    private final String url;
    private Map<String, Map<?, ?>> keys = new HashMap<>();
    private Instant askedAt = Instant.MIN;

    KeySet(String url) {
      this.url = url;
    }

    synchronized Map<?, ?> key(String kid) throws Refused, IOException, InterruptedException {
      if (!keys.containsKey(kid) && Instant.now().minusSeconds(10).isAfter(askedAt)) {
        askedAt = Instant.now();
        Map<String, Map<?, ?>> read = new HashMap<>();
        for (Object item : (List<?>) ((Map<?, ?>) Json.read(get(url))).get("keys")) {
          Map<?, ?> jwk = (Map<?, ?>) item;
          read.put((String) jwk.get("kid"), jwk);
        }
        keys = read;
      }
      Map<?, ?> key = keys.get(kid);
      if (key == null) throw new Refused("unknown_kid");
      return key;
    }
  }

  static boolean isSigned(Map<?, ?> jwk, byte[] signed, byte[] signature) throws GeneralSecurityException, Refused {
    String alg = (String) jwk.get("alg");
    Signature verifier;
    PublicKey key;
    if ("ES256".equals(alg)) {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      ECPoint point = new ECPoint(integer(jwk, "x"), integer(jwk, "y"));
      key = KeyFactory.getInstance("EC")
          .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
      // P1363 is the form of a JWS: r and s, 32 bytes each. The default would be DER.
      verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      // Before 17.0.3 a JDK took r = s = 0 for a good signature (CVE-2022-21449).
      if (signature.length != 64) return false;
      for (int half : new int[] {0, 32})
        if (new BigInteger(1, Arrays.copyOfRange(signature, half, half + 32)).signum() == 0) return false;
    } else if ("RS256".equals(alg) || "PS256".equals(alg)) {
      key = KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(integer(jwk, "n"), integer(jwk, "e")));
      verifier = Signature.getInstance("RS256".equals(alg) ? "SHA256withRSA" : "RSASSA-PSS");
      if ("PS256".equals(alg))
        verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    } else if ("EdDSA".equals(alg) && "Ed25519".equals(jwk.get("crv"))) {
      // SubjectPublicKeyInfo (RFC 8410), then the point.
      String x = HexFormat.of().formatHex(bytes((String) jwk.get("x")));
      byte[] der = HexFormat.of().parseHex("302a300506032b6570032100" + x);
      key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      verifier = Signature.getInstance("Ed25519");
    } else {
      throw new Refused("alg");
    }
    verifier.initVerify(key);
    verifier.update(signed);
    try {
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  static Map<String, Object> openSigned(String token, String typ, int most, KeySet keys)
      throws Refused, IOException, InterruptedException, GeneralSecurityException {
    if (token.length() > most) throw new Refused("too_large");
    if (!COMPACT.matcher(token).matches()) throw new Refused("malformed");
    String[] parts = token.split("\\.");
    Map<String, Object> header = object(parts[0]);
    // A key named by the token (jwk, jku, x5u) is the attacker's; crit asks for what we do not know.
    if (!header.keySet().equals(Set.of("alg", "typ", "kid"))) throw new Refused("header");
    if (!(header.get("kid") instanceof String)) throw new Refused("header");
    if (!typ.equals(header.get("typ"))) throw new Refused("typ");
    Map<?, ?> jwk = keys.key((String) header.get("kid"));
    // The key's own alg chooses, never the token's.
    if (!jwk.get("alg").equals(header.get("alg"))) throw new Refused("alg");
    byte[] signature;
    try {
      signature = bytes(parts[2]);
    } catch (IllegalArgumentException notBase64url) {
      throw new Refused("malformed");
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!isSigned(jwk, signed, signature)) throw new Refused("signature");
    return object(parts[1]);
  }

  static long whole(Map<?, ?> claims, String name) throws Refused {
    if (claims.get(name) instanceof Long value && value >= 0) return value;
    throw new Refused("claims");
  }

  static String text(Map<?, ?> claims, String name) throws Refused {
    if (claims.get(name) instanceof String value) return value;
    throw new Refused("claims");
  }

  static boolean isRevoked(Map<String, Object> claims, String url, String issuer, KeySet keys, long now)
      throws IOException, InterruptedException, GeneralSecurityException {
    try {
      Map<String, Object> list = openSigned(get(url), "revocations+jwt", 160_000, keys);
      if (!issuer.equals(list.get("iss"))) throw new IOException("a list of another issuer");
      if (Math.abs(now - whole(list, "iat")) > 15) throw new IOException("an old list");
      if (whole(claims, "iat") < whole(list, "nbf_all")) return true;
      Map<?, ?> epochs = (Map<?, ?>) list.get("epochs");
      String sub = text(claims, "sub");
      if (epochs.containsKey(sub) && whole(claims, "epoch") < whole(epochs, sub)) return true;
      byte[] sid = text(claims, "sid").getBytes(StandardCharsets.UTF_8);
      byte[] digest = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(sid), 16);
      String hashed = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      return ((List<?>) list.get("sids")).contains(hashed);
    } catch (Refused noList) {
      throw new IOException("no list", noList);
    }
  }

  /** The claims of a good token. @param revocations URL of the list, or null to do without */
  static Map<String, Object> verify(String token, KeySet keys, String issuer, String audience, String revocations)
      throws Refused, IOException, InterruptedException, GeneralSecurityException {
    Map<String, Object> claims = openSigned(token, "at+jwt", 4096, keys);
    long now = Instant.now().getEpochSecond();
    if (!issuer.equals(claims.get("iss"))) throw new Refused("iss");
    // One audience, as a string: a token good at several places can be replayed at each.
    if (!audience.equals(claims.get("aud"))) throw new Refused("aud");
    for (String name : List.of("sub", "sid", "jti")) text(claims, name);
    for (String name : List.of("iat", "exp", "epoch")) whole(claims, name);
    if (whole(claims, "iat") > now + 60) throw new Refused("not_yet_valid");
    if (whole(claims, "exp") <= now) throw new Refused("expired");
    if (revocations != null && isRevoked(claims, revocations, issuer, keys, now)) throw new Refused("revoked");
    return claims;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 1; i + 1 < args.length; i += 2) given.put(args[i], args[i + 1]);
    if (args.length == 0 || !given.keySet().containsAll(List.of("--jwks", "--issuer", "--audience"))) {
      System.err.println("TOKEN|- --jwks URL --issuer ISS --audience AUD [--revocations URL]");
      System.exit(2);
    }
    String token = args[0];
    if (token.equals("-")) {
      token = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      if (token.endsWith("\n")) token = token.substring(0, token.length() - 1);
    }
    String reason;
    try {
      KeySet keys = new KeySet(given.get("--jwks"));
      var claims = verify(token, keys, given.get("--issuer"), given.get("--audience"), given.get("--revocations"));
      String sub = ((String) claims.get("sub")).replace("\\", "\\\\").replace("\"", "\\\"");
      System.out.println("{\"ok\":true,\"sub\":\"" + sub + "\"}");
      return;
    } catch (Refused refusal) {
      reason = refusal.getMessage();
    } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException trouble) {
      // Not the token's fault: no key set or no list. Answer 503, and sign nobody out.
      reason = "unavailable";
    }
    System.out.println("{\"ok\":false,\"reason\":\"" + reason + "\"}");
    System.exit(1);
  }
}
