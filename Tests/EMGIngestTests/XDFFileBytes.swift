import Foundation

/// An XDF file put together chunk by chunk, by the format's specification.
struct XDFFileBytes {
    private(set) var bytes = Array("XDF:".utf8)
    /// Where each chunk begins.
    private(set) var chunks: [Int] = []

    init() {
        add(
            1,
            Array(
                """
                <?xml version="1.0"?><info><version>1.0</version>\
                <datetime>2024-05-06T07:08:09</datetime></info>
                """.utf8))
    }

    /// A length, whose number has as many bytes as it needs, or as many as are wanted.
    static func length(_ count: Int, width: Int? = nil) -> [UInt8] {
        let width = width ?? (count < 256 ? 1 : 4)
        return [UInt8(width)] + littleEndian([count], bytes: width)
    }

    static func double(_ value: Double) -> [UInt8] {
        littleEndian([Int(bitPattern: UInt(value.bitPattern))], bytes: 8)
    }

    mutating func add(_ tag: Int, _ content: [UInt8], width: Int? = nil) {
        chunks.append(bytes.count)
        bytes += Self.length(content.count + 2, width: width) + littleEndian([tag], bytes: 2)
        bytes += content
    }

    mutating func header(
        _ id: Int, _ name: String, _ type: String, channels: Int, rate: Double, format: String,
        description: String = ""
    ) {
        add(
            2,
            littleEndian([id], bytes: 4)
                + Array(
                    """
                    <?xml version="1.0"?><info><name>\(name)</name><type>\(type)</type>\
                    <channel_count>\(channels)</channel_count>\
                    <nominal_srate>\(rate)</nominal_srate>\
                    <channel_format>\(format)</channel_format><desc>\(description)</desc></info>
                    """.utf8))
    }

    /// Samples: a time or none, and the bytes of the values.
    mutating func samples(_ id: Int, _ samples: [(time: Double?, values: [UInt8])]) {
        var content = littleEndian([id], bytes: 4) + Self.length(samples.count)
        for (time, values) in samples {
            content += (time.map { [8] + Self.double($0) } ?? [0]) + values
        }
        add(3, content)
    }

    mutating func texts(_ id: Int, _ marks: [(time: Double, text: String)]) {
        samples(id, marks.map { ($0.time, Self.length($0.text.utf8.count) + Array($0.text.utf8)) })
    }

    mutating func offset(_ id: Int, at time: Double, _ value: Double) {
        add(4, littleEndian([id], bytes: 4) + Self.double(time) + Self.double(value))
    }

    mutating func boundary() {
        add(
            5,
            [
                0x43, 0xA5, 0x46, 0xDC, 0xCB, 0xF5, 0x41, 0x0F, 0xB3, 0x0E, 0xD5, 0x46, 0x73,
                0x83, 0xCB, 0xE4,
            ])
    }

    mutating func footer(_ id: Int, count: Int) {
        add(
            6,
            littleEndian([id], bytes: 4)
                + Array(
                    "<?xml version=\"1.0\"?><info><sample_count>\(count)</sample_count></info>"
                        .utf8))
    }

    static let twoChannels = """
        <channels><channel><label>Flexor</label><unit>microvolts</unit><type>EMG</type></channel>\
        <channel><label>Extensor</label><unit>microvolts</unit><type>EMG</type></channel></channels>
        """

    /// 1000 samples of two channels at 250 Hz with times that scatter, a break of 2 s before
    /// sample 700, a clock that is 7 s behind, one bad offset, and cues.
    static func standard(footers: Bool = true, description: String = twoChannels) -> XDFFileBytes {
        var file = XDFFileBytes()
        file.header(
            1, "A", "EMG", channels: 2, rate: 250, format: "int16", description: description)
        file.header(2, "Cues", "Markers", channels: 1, rate: 0, format: "string")
        file.offset(2, at: 50, 57)
        for start in stride(from: 0, to: 1_000, by: 30) {
            file.samples(
                1,
                (start..<min(1_000, start + 30)).map { index in
                    (time(index), littleEndian([index % 100, -(index % 77)], bytes: 2))
                })
            if start == 300 { file.boundary() }
        }
        for index in 0..<12 {
            file.offset(
                1, at: 100 + 0.5 * Double(index),
                7 + 1e-5 * Double(index) + (index == 3 ? 0.02 : 0))
        }
        file.texts(2, [(50.4, "rest"), (51.2, "fist"), (54.9, "rest")])
        if footers {
            file.footer(1, count: 1_000)
            file.footer(2, count: 3)
        }
        return file
    }

    static func time(_ index: Int) -> Double {
        let jitter = 0.001 * Double((index * 7_919) % 13 - 6) / 6
        return 100 + Double(index) / 250 + jitter + (index < 700 ? 0 : 2)
    }
}
