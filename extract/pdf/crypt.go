// Decryption of files that open without a password. Offices protect reports
// against copying with an owner's password only; every viewer shows those.

package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
)

// decrypter holds the key of a file.
type decrypter struct {
	key []byte
	aes bool
	v5  bool // the key serves all objects as it is
	// plainStrings and plainStreams mark the Identity filter.
	plainStrings, plainStreams bool
}

// passwordPadding is what the standard fills short passwords with.
var passwordPadding = []byte("\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08" +
	"\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a")

// openEncryption finds the key for the empty user password. It returns
// ErrEncrypted where another one is needed or the method is not known.
func (f *file) openEncryption() error {
	dict := f.resolve(f.trailer.get("Encrypt"))
	if dict.kind != kindDict {
		return nil
	}
	integer := func(key string) int64 {
		n, _ := f.resolve(dict.get(key)).integer()
		return n
	}
	text := func(key string) []byte { return f.resolve(dict.get(key)).str }
	version, revision := integer("V"), integer("R")
	if !f.resolve(dict.get("Filter")).isName("Standard") || version < 1 || version > 5 || version == 3 {
		return fmt.Errorf("encryption version %d: %w", version, ErrEncrypted)
	}
	d := &decrypter{}
	length := integer("Length") / 8
	if version == 1 || length == 0 {
		length = 5
	}
	if version >= 4 {
		d.plainStrings, _ = f.cryptMethod(dict, "StrF")
		d.plainStreams, d.aes = f.cryptMethod(dict, "StmF")
		length = 16
	}
	if length < 5 || length > 16 {
		return fmt.Errorf("encryption key of %d bytes: %w", length, ErrEncrypted)
	}
	if version == 5 {
		key, ok := keyV5(revision, text("U"), text("UE"))
		if !ok {
			return fmt.Errorf("open without password: %w", ErrEncrypted)
		}
		d.key, d.v5, d.aes = key, true, true
	} else {
		var id []byte
		if list := f.resolve(f.trailer.get("ID")); list.kind == kindArray && len(list.list) > 0 {
			id = f.resolve(list.list[0]).str
		}
		user := text("U")
		plainMetadata := f.resolve(dict.get("EncryptMetadata"))
		d.key = keyV4(revision, int(length), text("O"), uint32(integer("P")), id, plainMetadata.kind == kindBool && plainMetadata.num == 0)
		if !userKeyFits(d.key, revision, id, user) {
			return fmt.Errorf("open without password: %w", ErrEncrypted)
		}
	}
	// The dictionary itself is not encrypted; it is not needed any more.
	if ref := f.trailer.get("Encrypt"); ref.kind == kindRef {
		delete(f.objects, int(ref.num))
	}
	f.crypt = d
	return nil
}

// cryptMethod looks a crypt filter up.
func (f *file) cryptMethod(dict object, key string) (plain, isAES bool) {
	name := f.resolve(dict.get(key))
	if name.kind != kindName || name.isName("Identity") {
		return true, false
	}
	method := f.resolve(f.resolve(f.resolve(dict.get("CF")).get(string(name.str))).get("CFM"))
	return method.isName("None"), method.isName("AESV2") || method.isName("AESV3")
}

func keyV4(revision int64, length int, owner []byte, permissions uint32, id []byte, plainMetadata bool) []byte {
	h := md5.New()
	h.Write(passwordPadding)
	h.Write(owner[:min(32, len(owner))])
	h.Write([]byte{byte(permissions), byte(permissions >> 8), byte(permissions >> 16), byte(permissions >> 24)})
	h.Write(id)
	if revision >= 4 && plainMetadata {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:length])
			key = sum[:]
		}
	}
	return key[:length]
}

func userKeyFits(key []byte, revision int64, id, user []byte) bool {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return false
	}
	if revision == 2 {
		got := make([]byte, len(passwordPadding))
		c.XORKeyStream(got, passwordPadding)
		return bytes.Equal(got, user)
	}
	h := md5.New()
	h.Write(passwordPadding)
	h.Write(id)
	got := h.Sum(nil)
	c.XORKeyStream(got, got)
	for i := 1; i <= 19; i++ {
		step := make([]byte, len(key))
		for j := range key {
			step[j] = key[j] ^ byte(i)
		}
		if c, err = rc4.NewCipher(step); err != nil {
			return false
		}
		c.XORKeyStream(got, got)
	}
	return bytes.HasPrefix(user, got)
}

// keyV5 checks the empty password against U and opens UE with it.
func keyV5(revision int64, user, userKey []byte) ([]byte, bool) {
	if len(user) < 48 || len(userKey) < 32 {
		return nil, false
	}
	hash := func(salt []byte) []byte {
		if revision < 6 {
			sum := sha256.Sum256(salt)
			return sum[:]
		}
		return hashR6(salt)
	}
	if !bytes.Equal(hash(user[32:40]), user[:32]) {
		return nil, false
	}
	block, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return nil, false
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(key, userKey[:32])
	return key, true
}

// hashR6 is the hardened hash of revision 6, for the empty password.
func hashR6(salt []byte) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	for round := 0; ; round++ {
		data := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(data, data)
		remainder := 0
		for _, c := range data[:16] {
			remainder += int(c)
		}
		switch remainder % 3 {
		case 0:
			s := sha256.Sum256(data)
			k = s[:]
		case 1:
			s := sha512.Sum384(data)
			k = s[:]
		default:
			s := sha512.Sum512(data)
			k = s[:]
		}
		if round >= 63 && int(data[len(data)-1]) <= round-32 {
			return k[:32]
		}
	}
}

// bytes decrypts a string or the data of a stream of object number. What does
// not fit the method is returned as it is.
func (d *decrypter) bytes(number int, data []byte, isString bool) []byte {
	if isString && d.plainStrings || !isString && d.plainStreams {
		return data
	}
	key := d.key
	if !d.v5 {
		h := md5.New()
		h.Write(d.key)
		h.Write([]byte{byte(number), byte(number >> 8), byte(number >> 16), 0, 0})
		if d.aes {
			h.Write([]byte("sAlT"))
		}
		key = h.Sum(nil)[:min(len(d.key)+5, 16)]
	}
	if !d.aes {
		c, err := rc4.NewCipher(key)
		if err != nil {
			return data
		}
		out := make([]byte, len(data))
		c.XORKeyStream(out, data)
		return out
	}
	if len(data) < 2*aes.BlockSize {
		return nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return data
	}
	body := data[aes.BlockSize:]
	out := make([]byte, len(body)&^(aes.BlockSize-1))
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, body[:len(out)])
	if n := len(out); n > 0 {
		if pad := int(out[n-1]); pad >= 1 && pad <= aes.BlockSize {
			out = out[:n-pad]
		}
	}
	return out
}
