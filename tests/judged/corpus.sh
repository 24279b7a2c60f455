# Makes certificates like those of public authorities, in the folder where it runs: roots that sign each other,
# intermediates of several kinds of keys, leaves, and chains that are wrong in ways that recipes do not have.
# tests/judged/corpus.rs says what each chain of them must come to.
set -eu

# key NAME KIND
key() {
  case $2 in
  rsa) openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$1.key" ;;
  ed25519) openssl genpkey -algorithm ED25519 -out "$1.key" ;;
  *) openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$2" -out "$1.key" ;;
  esac
}

# certificate FILE KEY SUBJECT ISSUER DAYS EXTENSIONS [OPTION...]
# ISSUER is a certificate of this folder, and "-" for itself. What follows the issuer's name behind a colon is the key's.
certificate() {
  file=$1 key=$2 subject=$3 issuer=${4%%:*} issuer_key=${4##*:} days=$5
  printf '%b\n' "$6" > "$file.ext"
  shift 6
  openssl req -new -key "$key.key" -subj "$subject" -out "$file.csr"
  if [ "$issuer" = - ]; then
    set -- -signkey "$key.key" "$@"
  else
    set -- -CA "$issuer.crt" -CAkey "$issuer_key.key" "$@"
  fi
  openssl x509 -req -in "$file.csr" -days "$days" -extfile "$file.ext" -set_serial "0x$(openssl rand -hex 12)" "$@" -out "$file.crt"
}

root() { certificate "$1" "$1" "$2" - "$3" "$CA"; }

CA='basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash'
BELOW="$CA\nauthorityKeyIdentifier=keyid"
BOTH='extendedKeyUsage=serverAuth,clientAuth'
LEAF='basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid'
SERVER="$LEAF\nextendedKeyUsage=serverAuth"
WWW="$SERVER\nsubjectAltName=DNS:www.example.com,DNS:example.com"

for one in old:rsa x1:rsa x2:P-384 r10:rsa r11:rsa e5:P-384 e6:P-384 ed:ed25519 p521:P-521 sub:P-256 leaf:P-256 leaf-rsa:rsa leaf-ed:ed25519; do
  key "${one%%:*}" "${one##*:}"
done

# Roots: an old one that ends soon, one of RSA and one of ECDSA; each signs the next.
root old '/O=Old Trust/CN=Old Root X3' 40
root x1 '/O=Lab Encrypt/CN=Root X1' 4000
root x2 '/O=Lab Encrypt/CN=Root X2' 4000
certificate x1-by-old x1 '/O=Lab Encrypt/CN=Root X1' old:old 400 "$BELOW"
certificate x2-by-x1 x2 '/O=Lab Encrypt/CN=Root X2' x1:x1 400 "$BELOW"
root ed '/O=Lab Encrypt/CN=Root Ed'  400
root p521 '/O=Lab Encrypt/CN=Root P-521' 400

# Intermediates.
certificate r10 r10 '/O=Lab Encrypt/CN=R10' x1:x1 400 "$BELOW\n$BOTH"
certificate r11 r11 '/O=Lab Encrypt/CN=R11' x1:x1 400 "$BELOW\n$BOTH"
certificate r10-short r10 '/O=Lab Encrypt/CN=R10' x1:x1 20 "$BELOW\n$BOTH"
certificate e5 e5 '/O=Lab Encrypt/CN=E5' x2:x2 400 "$BELOW\n$BOTH"
certificate e5-by-x1 e5 '/O=Lab Encrypt/CN=E5' x1:x1 400 "$BELOW\n$BOTH"
certificate e6 e6 '/O=Lab Encrypt/CN=E6' x2:x2 400 "$BELOW\n$BOTH"
certificate for-clients sub '/O=Lab Encrypt/CN=For clients' x1:x1 400 "$BELOW\nextendedKeyUsage=clientAuth"
certificate no-certsign sub '/O=Lab Encrypt/CN=No keyCertSign' x1:x1 400 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature'
certificate no-authority sub '/O=Lab Encrypt/CN=No authority' x1:x1 400 "$LEAF"
certificate constrained sub '/O=Lab Encrypt/CN=Constrained' x1:x1 400 "$BELOW\nnameConstraints=critical,permitted;DNS:example.com"
certificate no-deeper r11 '/O=Lab Encrypt/CN=No deeper' x1:x1 400 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign'
certificate deeper sub '/O=Lab Encrypt/CN=Deeper' no-deeper:r11 400 "$BELOW"

# Leaves.
certificate rsa leaf-rsa /CN=www.example.com r10:r10 90 "$WWW"
certificate rsa-over-ecdsa leaf-rsa /CN=www.example.com e6:e6 90 "$WWW"
certificate ecdsa-over-rsa leaf /CN=www.example.com r10:r10 90 "$WWW"
certificate ecdsa leaf /CN=www.example.com e5:e5 90 "$WWW"
certificate edwards leaf-ed /CN=www.example.com ed:ed 90 "$WWW"
certificate by-p521 leaf /CN=www.example.com p521:p521 90 "$WWW"
certificate wildcard leaf '/CN=*.example.com' r10:r10 90 "$SERVER\nsubjectAltName=DNS:*.example.com"
certificate address leaf /CN=192.0.2.7 r10:r10 90 "$SERVER\nsubjectAltName=IP:192.0.2.7,IP:2001:db8::7"
certificate address-as-name leaf /CN=192.0.2.7 r10:r10 90 "$SERVER\nsubjectAltName=DNS:192.0.2.7"
certificate no-san leaf /CN=www.example.com r10:r10 90 "$SERVER"
certificate no-subject leaf / r10:r10 90 "$SERVER\nsubjectAltName=critical,DNS:www.example.com"
certificate no-purpose leaf /CN=www.example.com r10:r10 90 "$LEAF\nsubjectAltName=DNS:www.example.com"
certificate any-purpose leaf /CN=www.example.com r10:r10 90 "$LEAF\nextendedKeyUsage=anyExtendedKeyUsage\nsubjectAltName=DNS:www.example.com"
certificate client leaf /CN=ada r10:r10 90 "$LEAF\nextendedKeyUsage=clientAuth\nsubjectAltName=email:ada@example.com"
certificate odd leaf /CN=www.example.com r10:r10 90 "$WWW\n1.2.3.4=critical,DER:0500"
certificate by-sha1 leaf /CN=www.example.com r10:r10 90 "$WWW" -sha1
certificate by-sha384 leaf /CN=www.example.com r10:r10 90 "$WWW" -sha384
certificate by-pss leaf /CN=www.example.com r10:r10 90 "$WWW" -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sha256
certificate below-for-clients leaf /CN=www.example.com for-clients:sub 90 "$WWW"
certificate below-no-certsign leaf /CN=www.example.com no-certsign:sub 90 "$WWW"
certificate below-no-authority leaf /CN=www.example.com no-authority:sub 90 "$WWW"
certificate inside leaf /CN=www.example.com constrained:sub 90 "$WWW"
certificate outside leaf /CN=www.example.org constrained:sub 90 "$SERVER\nsubjectAltName=DNS:www.example.org"
certificate below-deeper leaf /CN=www.example.com deeper:sub 90 "$WWW"
certificate lone leaf /CN=www.example.com - 90 "$SERVER\nsubjectAltName=DNS:www.example.com"
