# shellcheck shell=bash
# Jars as the start-up cache (JEP 514) keeps their classes: of signed jars it keeps none, nor of class files before Java 6.
# $jdk is the JDK, $work a folder that goes afterwards. Only what Maven has just checked and taken from a repository gets here.

# Takes a jar's signatures away.
unsign() { # JAR
  local content
  content=$(unpacked "$1")
  find "$content/META-INF" -maxdepth 1 \( -name MANIFEST.MF -o -name '*.SF' -o -name '*.RSA' -o -name '*.DSA' -o -name '*.EC' \) -delete
  pack "$1" "$content"
}

# Compiles picocli from its sources, whose jar has class files of Java 5.
recompile() { # JAR SOURCES-JAR
  local content
  content=$(unpacked "$1")
  find "$content" -name '*.class' -delete
  (cd "$content" && "$jdk/bin/jar" --extract --file "$2")
  find "$content/picocli" -name '*.java' -exec "$jdk/bin/javac" --release 25 -proc:none -nowarn -d "$content" {} + 2>"$work/javac.log" ||
    die "picocli was not compiled: $(tail -3 "$work/javac.log")"
  find "$content" -name '*.java' -delete
  pack "$1" "$content"
}

unpacked() { # JAR
  local content
  content=$(mktemp -d -p "$work")
  (cd "$content" && "$jdk/bin/jar" --extract --file "$1")
  sed '/^\r*$/q' "$content/META-INF/MANIFEST.MF" >"$content.manifest" # behind the first section: a digest for each file
  echo "$content"
}

pack() { # JAR CONTENT
  rm -f "$2/META-INF/MANIFEST.MF"
  "$jdk/bin/jar" --create --file "$1" --manifest "$2.manifest" --date 1980-01-01T00:00:02Z -C "$2" .
}
