internal import EMGSignal
internal import HDF5

/// A number that samples are stored as.
protocol SampleNumber: Element {
    /// The number, rounded when it is an integer beyond 2^53.
    var double: Double { get }

    /// Whether single precision holds every number of the type.
    static var isAlwaysExact: Bool { get }

    /// Whether single precision holds this one as it is, fractions aside.
    var isExactWhole: Bool { get }
}

extension SampleNumber where Self: FixedWidthInteger {
    var double: Double { Double(self) }
    static var isAlwaysExact: Bool { bitWidth <= 16 }
    var isExactWhole: Bool { Float(exactly: self) != nil }
}

extension SampleNumber where Self: BinaryFloatingPoint {
    var double: Double { Double(self) }
    static var isAlwaysExact: Bool { true }
    var isExactWhole: Bool { true }
}

extension Float: SampleNumber {}
extension Double: SampleNumber {}
extension Int8: SampleNumber {}
extension Int16: SampleNumber {}
extension Int32: SampleNumber {}
extension Int64: SampleNumber {}
extension UInt8: SampleNumber {}
extension UInt16: SampleNumber {}
extension UInt32: SampleNumber {}
extension UInt64: SampleNumber {}

/// Turns stored numbers into samples and notes what single precision cannot hold.
struct SampleConversion {
    /// A number and where it stood.
    struct Sighting: Sendable {
        let row: Int
        let channel: Int
        let text: String
    }

    /// How many places of numbers that are not finite are named.
    private static let namedSightings = 4

    /// The way from a channel's numbers to its samples; `nil` when they are the same.
    let scaling: ADCScaling?
    /// The number of channels.
    let width: Int
    /// How many numbers were not finite, or too large for single precision.
    private(set) var nonFiniteCount = 0
    /// The first of them.
    private(set) var nonFinite: [Sighting] = []
    /// How many whole numbers were rounded.
    private(set) var inexactCount = 0
    /// The first of them.
    private(set) var inexact: Sighting?

    init(width: Int, scaling: ADCScaling?) {
        self.width = width
        self.scaling = scaling == .identity(channelCount: width) ? nil : scaling
    }

    /// Appends samples.
    ///
    /// - Parameters:
    ///   - numbers: Whole rows of stored numbers.
    ///   - row: The number of their first row.
    ///   - samples: Receives one for each; not-a-number for those that are not finite.
    mutating func append<Value: SampleNumber>(
        _ numbers: [Value], row: Int, to samples: inout [Float]
    ) {
        guard scaling == nil, let floats = numbers as? [Float] else {
            convert(numbers, row: row, to: &samples)
            return
        }
        // The exponent of a number that is not finite has all bits set.
        var isBroken = false
        for value in floats {
            isBroken = isBroken || value.bitPattern & 0x7F80_0000 == 0x7F80_0000
        }
        if isBroken { convert(numbers, row: row, to: &samples) } else { samples += floats }
    }

    private mutating func convert<Value: SampleNumber>(
        _ numbers: [Value], row: Int, to samples: inout [Float]
    ) {
        let first = samples.count
        samples.reserveCapacity(first + numbers.count)
        if let scaling {
            var channel = 0
            for number in numbers {
                samples.append(
                    Float(scaling.scale[channel] * number.double + scaling.offset[channel]))
                channel = channel + 1 == width ? 0 : channel + 1
            }
        } else {
            for number in numbers { samples.append(Float(number.double)) }
        }
        for index in numbers.indices where !samples[first + index].isFinite {
            samples[first + index] = .nan
            nonFiniteCount += 1
            if nonFinite.count < Self.namedSightings {
                nonFinite.append(sighting(numbers[index], index, row))
            }
        }
        guard !Value.isAlwaysExact else { return }
        for index in numbers.indices where !numbers[index].isExactWhole {
            if inexactCount == 0 { inexact = sighting(numbers[index], index, row) }
            inexactCount += 1
        }
    }

    private func sighting<Value: SampleNumber>(
        _ number: Value, _ index: Int, _ row: Int
    ) -> Sighting {
        Sighting(row: row + index / width, channel: index % width, text: "\(number)")
    }
}
