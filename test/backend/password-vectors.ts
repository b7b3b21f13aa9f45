/** A digest another program made of a password. */
interface Vector {
  hasher: string
  digest: string
  password: string
  /** What made it, where it is not Python's hashlib and crypt. */
  from?: string
}

const password = 'correct horse 🔋'
const past72 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const vectors: Vector[] = [
  {
    hasher: 'argon2i',
    digest: '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8',
    password: 'password',
    from: 'the reference implementation of argon2',
  },
  {
    hasher: 'argon2i',
    digest: '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ',
    password: 'password',
    from: 'the reference implementation of argon2, version 1.0',
  },
  {
    hasher: 'argon2id',
    digest: '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    password: 'password',
    from: 'the reference implementation of argon2',
  },
  { hasher: 'bcrypt', digest: '$2b$05$abcdefghijklmnopqrstuulwhIy41usncRozSAFI6QIb7qVd6UN4K', password },
  {
    hasher: 'bcrypt',
    digest: '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    password: 'U*U',
    from: "Openwall's crypt_blowfish",
  },
  {
    hasher: 'bcrypt',
    digest: '$2a$05$CCCCCCCCCCCCCCCCCCCCC/E5YPO9kmyuRGyh0XouQYb4YMJKvyOeX',
    password: 'U*U',
    from: 'the same with bits set that mean nothing',
  },
  {
    hasher: 'bcrypt',
    digest: '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui',
    password: `${past72}chars after 72 are ignored`,
    from: "Openwall's crypt_blowfish, which looks at 72 bytes",
  },
  {
    hasher: 'bcrypt_peppered',
    digest: '$2a$05$abcdefghijklmnopqrstuuPwt3qs6ztApmuWbl3AByj02apUNyZZG$pep$per',
    password,
  },
  {
    hasher: 'bcrypt_sha256_django',
    digest: 'bcrypt_sha256$$2b$05$abcdefghijklmnopqrstuuKeaEL.W60fpsxeXSD8eBZB.U4SeYSze',
    password,
  },
  { hasher: 'ldap_ssha', digest: '{SSHA}h/3iYZMsb+HqJluutBfzdkjX0ScAAQIDBAUGBw==', password },
  { hasher: 'md5', digest: '2279adfe3a26f9714ad9928caf76c34d', password },
  { hasher: 'md5', digest: '5F4DCC3B5AA765D61D8327DEB882CF99', password: 'password', from: 'RFC 1321, in capitals' },
  { hasher: 'md5_phpass', digest: '$P$9saltsaltLUdk/5VDsXtO3I.IDKAYo.', password },
  {
    hasher: 'pbkdf2_sha1',
    digest: 'pbkdf2_sha1$1000$00ff10ab$48c4209b2a67d94d7ce52ab00238c9f98ce5982640ea254423922df2b846e2b6$32',
    password,
  },
  {
    hasher: 'pbkdf2_sha1',
    digest: 'pbkdf2_sha1$1000$salty$1137dceb9ba502d7b05a31c91c4b77a92137f98b',
    password,
    from: "Python's hashlib, with a salt that is not hexadecimal",
  },
  {
    hasher: 'pbkdf2_sha256',
    digest: 'pbkdf2_sha256$1000$AAECAwQFBgc=$ibQ8hC4Bh3UgWn4kXessg9jKYcZ216dUoXW8LEjesiY=',
    password,
  },
  {
    hasher: 'pbkdf2_sha256_django',
    digest: 'pbkdf2_sha256$1000$seasalt2$rA3WcXxvlDhcbw4zFj0XGy0IO779ll/XwvmxvL5+TnA=',
    password,
  },
  {
    hasher: 'pbkdf2_sha512',
    digest:
      'pbkdf2_sha512$1000$00ff10ab$018947a9820148e58eb1f0fa47af8da3426413308e1b23423f52c45c2c8eb41c97dde578b6eccf7dadb913e34053b55c2bca8e8a782c60bbf9490660068978d4',
    password,
  },
  {
    hasher: 'pbkdf2_sha512_hex',
    digest:
      'pbkdf2_sha512_hex$1000$00ff10ab$4687a1cff658e670ce41d915455f622712148972501e9f00ce006a4752e18bf7d891325cee6768a7609d61cb04ca669d8fdea1fd3b25e5073af3cb60d7eb01ba',
    password,
  },
  { hasher: 'phpass', digest: '$P$9saltsaltfOB/T/veb487vW16fettb0', password },
  {
    hasher: 'phpass',
    digest: '$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0',
    password: 'test12345',
    from: "Openwall's phpass, with phpBB's prefix",
  },
  {
    hasher: 'scrypt_firebase',
    digest:
      'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14',
    password: 'user1password',
    from: "Firebase's scrypt",
  },
  {
    hasher: 'scrypt_werkzeug',
    digest:
      'scrypt:4096:8:1$WerkzeugSalt$a732457ef4d04d0a4e1cc83c1b8ac006d491ef7d9116d7e27ee92ef981474a41b9af6405a09ae2f0347f393f8bde41b9ba548be8ae8abee6ff135cfa8a904000',
    password,
  },
  {
    hasher: 'scrypt_werkzeug',
    digest:
      '$scrypt:4096:8:1$WerkzeugSalt$pzJFfvTQTQpOHMg8G4rABtSR732RFtfifuku+YFHSkG5r2QFoJri8DR/OT+L3kG5ulSL6K6Kvub/E1z6ipBAAA==',
    password,
    from: "Python's hashlib, in base64",
  },
  { hasher: 'sha256', digest: '52fe7cc754e9e61129a9499ff7c8e1827a17efca159c0d820fdd1d505aa1a713', password },
  {
    hasher: 'sha512_symfony',
    digest:
      'sha512_symfony$5000$sym.salt$Lbl6T8vZ3+2229MOMarrLEGnakvJnCK1rSTKWXOg1uAwZVIPNu1nYywPXDEUxkVEOBR8WeHrJZDCWad7vISN8g==',
    password,
  },
]

/** Digests that are none of their hasher's. */
export const malformedDigests: [hasher: string, digest: string][] = [
  ['argon2i', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['argon2id', '$argon2id$v=20$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['argon2id', '$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['argon2id', '$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['argon2id', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65'],
  ['bcrypt', '$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt', '$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe'],
  ['bcrypt_peppered', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt_sha256_django', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['ldap_ssha', '{SSHA}h/3iYZMsb+HqJluutBfzdkjX0Sc='],
  ['ldap_ssha', '{SHA}h/3iYZMsb+HqJluutBfzdkjX0Sc='],
  ['md5', '5f4dcc3b5aa765d61d8327deb882cf9'],
  ['md5', '5f4dcc3b5aa765d61d8327deb882cf9g'],
  ['md5_phpass', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['pbkdf2_sha1', 'pbkdf2_sha1$1000$salty$1137dceb9ba502d7b05a31c91c4b77a92137f98b$21'],
  ['pbkdf2_sha256', 'pbkdf2_sha256$1000$?$ibQ8hC4Bh3UgWn4kXessg9jKYcZ216dUoXW8LEjesiY='],
  ['pbkdf2_sha256', 'pbkdf2_sha256$0$AAECAwQFBgc=$ibQ8hC4Bh3UgWn4kXessg9jKYcZ216dUoXW8LEjesiY='],
  ['pbkdf2_sha256_django', 'pbkdf2_sha256$1e3$salt$ibQ8hC4Bh3UgWn4kXessg9jKYcZ216dUoXW8LEjesiY='],
  ['pbkdf2_sha512', 'pbkdf2_sha512$1000$salt$018947a9'],
  ['pbkdf2_sha512_hex', 'pbkdf2_sha512_hex$1000$salt$018947a9820148e58eb1f0fa47af8da3'],
  ['phpass', '$P$9saltsaltfOB/T/veb487vW16fettbz'],
  ['phpass', '$P$.saltsaltfOB/T/veb487vW16fettb0'],
  ['scrypt_firebase', 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1Q=$42xEC+ixf3L2lw==$jxspr8Ki0RY=$Bw==$8'],
  ['scrypt_werkzeug', 'scrypt:4095:8:1$salt$a732457ef4d04d0a4e1cc83c1b8ac006'],
  ['sha256', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['sha512_symfony', 'sha512_symfony$0$salt$Lbl6T8vZ3+2229MOMarrLEGnakvJnCK1rSTKWXOg1uA='],
  ['md5', ''],
]

/** Digests that are well-formed and would keep a server busy for minutes, or take all its memory. */
export const costlyDigests: [hasher: string, digest: string][] = [
  ['argon2id', '$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['argon2i', '$argon2i$v=19$m=1024,t=4294967295,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['bcrypt', '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt_sha256_django', 'bcrypt_sha256$$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['pbkdf2_sha256', 'pbkdf2_sha256$1000000000$AAECAwQFBgc=$ibQ8hC4Bh3UgWn4kXessg9jKYcZ216dUoXW8LEjesiY='],
  ['phpass', '$P$SsaltsaltfOB/T/veb487vW16fettb0'],
  ['scrypt_firebase', 'lSrfV15cpx95/sZS2W9c9A==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdA==$Bw==$8$30'],
  ['scrypt_werkzeug', 'scrypt:1073741824:8:1$salt$a732457ef4d04d0a4e1cc83c1b8ac006'],
  ['scrypt_werkzeug', 'scrypt:4096:8:9999$salt$a732457ef4d04d0a4e1cc83c1b8ac006'],
  [
    'sha512_symfony',
    'sha512_symfony$999999999$salt$Lbl6T8vZ3+2229MOMarrLEGnakvJnCK1rSTKWXOg1uAwZVIPNu1nYywPXDEUxkVEOBR8WeHrJZDCWad7vISN8g==',
  ],
]
