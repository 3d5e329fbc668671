import EMGIngest
import Foundation

/// A C3D file put together by the format's guide, for any processor.
struct C3DBytes {
    enum Processor: UInt8, CaseIterable, Sendable {
        case intel = 84
        case dec = 85
        case mips = 86
    }

    var processor = Processor.intel
    var isReal = false
    var frames = 60
    var rowsPerFrame = 5
    var points = 2
    var labels = ["EMG1", "EMG2", "Fx1"]
    var units = ["mV", "mV", "N"]
    var scales: [Float] = [0.001, 0.002, 0.5]
    var offsets = [0, 10, -20]
    var generalScale: Float = 0.5
    var isUnsigned = false
    var firstFrame = 1
    /// The last frame in the header; the true one when `nil`.
    var statedLastFrame: Int?
    /// `TRIAL:ACTUAL_START_FIELD` and its end.
    var trial: (start: Int, end: Int)?
    var pointScale: Float = 0.1
    var statedPointScale: Float?
    var analogRate: Float = 500
    /// Label, context, seconds since the first frame of the trial.
    var events: [(label: String, context: String, time: Float)] = []
    var headerEvents: [(label: String, time: Float)] = []

    var channelCount: Int { labels.count }

    /// The number of a row and channel.
    func number(_ row: Int, _ channel: Int) -> Int {
        let mixed = (row * 7_919 + channel * 104_729) % 30_011
        return isUnsigned ? mixed * 2 : mixed - 15_000
    }

    /// The sample that it stands for, by the format's definition.
    func sample(_ row: Int, _ channel: Int) -> Float {
        let scale = Double(scales[channel]) * Double(generalScale)
        return Float((Double(number(row, channel)) - Double(offsets[channel])) * scale)
    }

    // MARK: - Numbers

    func integer(_ value: Int) -> [UInt8] {
        let bytes = littleEndian([value], bytes: 2)
        return processor == .mips ? bytes.reversed() : bytes
    }

    func real(_ value: Float) -> [UInt8] {
        switch processor {
        case .intel: return littleEndian([Int(value.bitPattern)], bytes: 4)
        case .mips: return littleEndian([Int(value.bitPattern)], bytes: 4).reversed()
        case .dec:
            guard value != 0 else { return [0, 0, 0, 0] }
            // The exponent of a VAX is larger by 2, and its halves are exchanged.
            let bits = Int((value * 4).bitPattern)
            return littleEndian([bits >> 16, bits & 0xFFFF], bytes: 2)
        }
    }

    // MARK: - Parameters

    private func group(_ id: Int, _ name: String) -> [UInt8] {
        record(name, -id, body: [0])
    }

    private func record(_ name: String, _ id: Int, body: [UInt8]) -> [UInt8] {
        [UInt8(name.utf8.count), UInt8(bitPattern: Int8(id))] + Array(name.utf8)
            + integer(2 + body.count) + body
    }

    private func parameter(
        _ id: Int, _ name: String, _ type: Int, _ dimensions: [Int], _ data: [UInt8]
    ) -> [UInt8] {
        record(
            name, id,
            body: [UInt8(bitPattern: Int8(type)), UInt8(dimensions.count)]
                + dimensions.map { UInt8($0) } + data + [0])
    }

    private func integers(_ id: Int, _ name: String, _ values: [Int]) -> [UInt8] {
        parameter(
            id, name, 2, values.count == 1 ? [] : [values.count], values.flatMap(integer))
    }

    private func reals(
        _ id: Int, _ name: String, _ values: [Float], dimensions: [Int]? = nil
    ) -> [UInt8] {
        parameter(
            id, name, 4, dimensions ?? (values.count == 1 ? [] : [values.count]),
            values.flatMap(real))
    }

    private func texts(_ id: Int, _ name: String, _ values: [String]) -> [UInt8] {
        let width = max(1, values.map(\.utf8.count).max() ?? 1)
        return parameter(
            id, name, -1, [width, values.count],
            values.flatMap { Array($0.utf8) + Array(repeating: 0x20, count: width - $0.utf8.count) }
        )
    }

    var parameters: [UInt8] {
        var bytes = group(1, "POINT") + group(2, "ANALOG") + group(3, "EVENT") + group(4, "TRIAL")
        bytes += integers(1, "USED", [points])
        bytes += reals(1, "SCALE", [statedPointScale ?? (isReal ? -pointScale : pointScale)])
        bytes += reals(1, "RATE", [100])
        bytes += integers(2, "USED", [channelCount]) + reals(2, "GEN_SCALE", [generalScale])
        bytes += reals(2, "RATE", [analogRate])
        for (number, start) in stride(from: 0, to: channelCount, by: 255).enumerated() {
            let part = start..<min(channelCount, start + 255)
            let suffix = number == 0 ? "" : "\(number + 1)"
            bytes += reals(2, "SCALE" + suffix, Array(scales[part]), dimensions: [part.count])
            bytes += integers(2, "OFFSET" + suffix, Array(offsets[part]))
            bytes += texts(2, "LABELS" + suffix, Array(labels[part]))
            bytes += texts(2, "UNITS" + suffix, Array(units[part]))
        }
        if isUnsigned { bytes += texts(2, "FORMAT", ["UNSIGNED"]) }
        if !events.isEmpty {
            bytes += integers(3, "USED", [events.count])
            bytes += texts(3, "LABELS", events.map(\.label))
            bytes += texts(3, "CONTEXTS", events.map(\.context))
            bytes += reals(
                3, "TIMES",
                events.flatMap {
                    [($0.time / 60).rounded(.down), $0.time.truncatingRemainder(dividingBy: 60)]
                },
                dimensions: [2, events.count])
        }
        if let trial {
            bytes += integers(4, "ACTUAL_START_FIELD", [trial.start & 0xFFFF, trial.start >> 16])
            bytes += integers(4, "ACTUAL_END_FIELD", [trial.end & 0xFFFF, trial.end >> 16])
        }
        return bytes + [0, 0]
    }

    var bytes: [UInt8] {
        let parameters = parameters
        let blocks = (4 + parameters.count + 511) / 512
        func filled(_ bytes: [UInt8], to count: Int) -> [UInt8] {
            bytes + Array(repeating: 0, count: max(0, count - bytes.count))
        }
        var header: [UInt8] = [2, 0x50] + integer(points) + integer(channelCount * rowsPerFrame)
        header += integer(min(65_535, firstFrame))
        header += integer(min(65_535, statedLastFrame ?? firstFrame + frames - 1)) + integer(0)
        header += real(isReal ? -pointScale : pointScale) + integer(2 + blocks)
        header += integer(rowsPerFrame) + real(100)
        header = filled(header, to: 298) + integer(12_345) + integer(headerEvents.count)
        header = filled(header, to: 304) + headerEvents.flatMap { real($0.time) }
        header = filled(header, to: 396)
        header += headerEvents.flatMap { Array($0.label.utf8.prefix(4)) }
        var bytes = filled(header, to: 512)
        bytes += filled(
            [1, 0x50, UInt8(min(255, blocks)), processor.rawValue] + parameters,
            to: blocks * 512)
        let frame = Array(repeating: isReal ? real(0) : integer(0), count: 4 * points)
            .flatMap { $0 }
        for number in 0..<frames {
            bytes += frame
            for row in number * rowsPerFrame..<(number + 1) * rowsPerFrame {
                for channel in 0..<channelCount {
                    let value = self.number(row, channel)
                    bytes += isReal ? real(Float(value)) : integer(value)
                }
            }
        }
        return filled(bytes, to: (bytes.count + 511) / 512 * 512)
    }
}
