import Foundation

extension OpenSignal.Picture {
    /// The picture as it is sent, little-endian: four 32-bit numbers (version 1, channels,
    /// columns, 1 for extremes or 0 for samples), three 64-bit floating-point numbers (first
    /// sample, samples a column, completeness), then the values as 32-bit floating-point numbers.
    func data(channelCount: Int) -> Data {
        var data = Data(capacity: 40 + values.count * 4)
        for number in [1, channelCount, columns, isExtremes ? 1 : 0] {
            Self.append(UInt32(number).littleEndian, to: &data)
        }
        for number in [start, span, completeness] {
            Self.append(number.bitPattern.littleEndian, to: &data)
        }
        #if _endian(little)
            unsafe values.withUnsafeBytes { bytes in unsafe data.append(contentsOf: bytes) }
        #else
            for value in values { Self.append(value.bitPattern.littleEndian, to: &data) }
        #endif
        return data
    }

    private static func append(_ number: some FixedWidthInteger, to data: inout Data) {
        unsafe withUnsafeBytes(of: number) { bytes in unsafe data.append(contentsOf: bytes) }
    }
}
