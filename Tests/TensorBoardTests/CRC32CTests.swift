import TensorBoard
import Testing

@Suite("Checks of record files")
struct CRC32CTests {
    /// RFC 3720, appendix B.4, and the check value of the catalog of CRC algorithms.
    @Test(
        "the check of the standard's examples is the standard's",
        arguments: zip(
            [
                Array(repeating: UInt8(0), count: 32), Array(repeating: 0xFF, count: 32),
                Array(0..<32), Array((0..<32).reversed()), Array("123456789".utf8),
            ],
            [0x8A91_36AA, 0x62A8_AB43, 0x46DD_794E, 0x113F_DB5C, 0xE306_9283] as [UInt32]))
    func checksum(bytes: [UInt8], check: UInt32) {
        #expect(CRC32C.checksum(bytes) == check)
    }

    @Test("the stored check is the rotated check and a constant")
    func masked() {
        // By hand: 0xE3069283 turned right by 15 places is 0x2507C60D; with 0xA282EAD8 added.
        #expect(CRC32C.masked(Array("123456789".utf8)) == 0x2507_C60D &+ 0xA282_EAD8)
    }
}
