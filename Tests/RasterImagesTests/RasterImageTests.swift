import Foundation
import RasterImages
import SeededRandom
import Testing

@Suite("Raster images")
struct RasterImageTests {
    /// A color type with a depth that it may have.
    struct Form: Sendable, CustomStringConvertible {
        let colorType: Int
        let depth: Int
        var description: String { "type \(colorType), \(depth) bits" }

        static let all =
            [1, 2, 4, 8, 16].map { Form(colorType: 0, depth: $0) }
            + [1, 2, 4, 8].map { Form(colorType: 3, depth: $0) }
            + [2, 4, 6].flatMap { [Form(colorType: $0, depth: 8), Form(colorType: $0, depth: 16)] }
    }

    private static func picture(_ form: Form, filter: Int, isInterlaced: Bool) -> PNGPicture {
        var generator = SeededGenerator(seed: UInt64(form.colorType * 100 + form.depth))
        let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][form.colorType] ?? 0
        let colors = min(1 << form.depth, 9)
        let palette = (0..<colors).map { _ in
            (0..<3).map { _ in UInt8(generator.integer(below: 256)) }
        }
        let largest = form.colorType == 3 ? colors : 1 << form.depth
        return PNGPicture(
            rows: 11, columns: 13, colorType: form.colorType, depth: form.depth,
            isInterlaced: isInterlaced, filter: filter, palette: form.colorType == 3 ? palette : [],
            transparency: form.colorType == 3 ? [0, 128] : [],
            values: (0..<11 * 13 * samples).map { _ in generator.integer(below: largest) })
    }

    /// What should be seen of a picture: on white, eight bits, in color.
    private static func seen(_ picture: PNGPicture) -> [UInt8] {
        let largest = Double(1 << picture.depth - 1)
        return (0..<picture.rows * picture.columns).flatMap { pixel -> [UInt8] in
            let own = picture.values[pixel * picture.samples..<(pixel + 1) * picture.samples]
            let bytes = own.map { (Double($0) * 255 / largest).rounded() }
            var (color, opacity) = ([Double](), 255.0)
            switch picture.colorType {
            case 0: color = [bytes[0], bytes[0], bytes[0]]
            case 2: color = bytes
            case 3:
                color = picture.palette[own[own.startIndex]].map(Double.init)
                if own[own.startIndex] < picture.transparency.count {
                    opacity = Double(picture.transparency[own[own.startIndex]])
                }
            case 4: (color, opacity) = ([bytes[0], bytes[0], bytes[0]], bytes[1])
            default: (color, opacity) = (Array(bytes[..<3]), bytes[3])
            }
            return color.map { UInt8((($0 * opacity + 255 * (255 - opacity)) / 255).rounded()) }
        }
    }

    @Test(
        "PNG is read in every color type, depth, filter and interlacing",
        arguments: Form.all, [false, true])
    func png(form: Form, isInterlaced: Bool) throws {
        for filter in 0...4 {
            let picture = Self.picture(form, filter: filter, isInterlaced: isInterlaced)
            let image = try RasterImage(picture.bytes)
            #expect(image.rows == 11 && image.columns == 13)
            #expect(image.color.pixels == Self.seen(picture), "filter \(filter)")
            #expect(image.channels == ([0, 4].contains(form.colorType) ? 1 : 3))
        }
    }

    /// Files of Pillow 9.4, compressed and filtered as that does it: of the pixel `p` the shade
    /// `a = 7 p`.
    enum Foreign: String, CaseIterable {
        case gray =
            "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAAAAACs8akEAAAAFklEQVR4nGNkYGdnZ2dnZzSE0Cw4aAAfuwGlh+AGJAAAAABJRU5ErkJggg=="
        case color =
            "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAAJElEQVR4nGNk+M/A/pOZ/ScLMslieF4CTYj9JzOL4XlJytQCALQ1I9w/HOyqAAAAAElFTkSuQmCC"
        case deep =
            "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFEAAAAAD8YXVHAAAAIUlEQVR4nGNkYGDnQEBGQwtkLgteLuORBxAGBwc7BzsHAI3BBK4Yh7wTAAAAAElFTkSuQmCC"
        case bits =
            "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFAQAAAACh4ct1AAAAEklEQVR4nGOYxKDCpMLkxaACAAfyAU3SrZIyAAAAAElFTkSuQmCC"

        func color(_ place: Int) -> [Int] {
            let a = place * 7 % 256
            switch self {
            case .gray: return [a, a, a]
            case .color: return [a, 255 - a, a / 2]
            case .deep:
                let deep = Int((Double(place * 1_800) / 257).rounded())
                return [deep, deep, deep]
            case .bits: return Array(repeating: a % 3 == 0 ? 255 : 0, count: 3)
            }
        }
    }

    @Test("files of another program are read", arguments: Foreign.allCases)
    func foreign(file: Foreign) throws {
        let image = try RasterImage([UInt8](try #require(Data(base64Encoded: file.rawValue))))
        #expect(image.rows == 5 && image.columns == 7)
        let colors = (0..<35).flatMap(file.color)
        #expect(image.color.pixels.map { Int($0) } == colors)
    }

    @Test("what is written is read as the same", arguments: [1, 3])
    func roundTrip(channels: Int) throws {
        var generator = SeededGenerator(seed: 3)
        let image = RasterImage(
            rows: 300, columns: 101, channels: channels,
            pixels: (0..<300 * 101 * channels).map { _ in UInt8(generator.integer(below: 256)) })
        #expect(try RasterImage(image.png) == image)
    }

    @Test(
        "Netpbm's maps are read",
        arguments: [
            ("P2\n# by hand\n2 2\n15\n0 15\n8 1\n", 1, [0, 255, 136, 17]),
            ("P3 1 2 255 1 2 3 4 5 6", 3, [1, 2, 3, 4, 5, 6]),
            ("P5 2 1 255\nAB", 1, [65, 66]), ("P6 1 1 255\nABC", 3, [65, 66, 67]),
            ("P5 1 1 65535\nAA", 1, [65]),
        ] as [(String, Int, [UInt8])])
    func netpbm(text: String, channels: Int, pixels: [UInt8]) throws {
        let image = try RasterImage(Array(text.utf8))
        #expect(image.channels == channels && image.pixels == pixels)
    }

    @Test("a file that was cut anywhere is refused with the byte")
    func truncated() throws {
        let whole = Self.picture(Form(colorType: 2, depth: 8), filter: 4, isInterlaced: true).bytes
        for count in 0..<whole.count {
            let fault = #expect(throws: RasterError.self) {
                try RasterImage(Array(whole[..<count]))
            }
            #expect(fault?.hint.isEmpty == false)
        }
    }

    @Test("a byte that was changed anywhere does no harm, and in a chunk it is found")
    func damaged() throws {
        let whole = Self.picture(Form(colorType: 3, depth: 4), filter: 1, isInterlaced: false).bytes
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 0x55
            #expect(throws: RasterError.self, "byte \(place)") { try RasterImage(bytes) }
        }
    }

    @Test(
        "sizes that are too large for the file are refused before memory is taken",
        arguments: [(1 << 24, 4), (4, 1 << 24), (8_192, 8_192), (0, 3), (1 << 30, 1 << 30)])
    func huge(columns: Int, rows: Int) throws {
        let header = PNGPicture.word(columns) + PNGPicture.word(rows) + [8, 6, 0, 0, 0]
        let bytes: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + PNGPicture.chunk("IHDR", header)
            + PNGPicture.chunk("IDAT", PNGPicture.stored([0, 0, 0])) + PNGPicture.chunk("IEND", [])
        #expect(throws: RasterError.self) { try RasterImage(bytes) }
        #expect(throws: RasterError.self) {
            try RasterImage(Array("P5 \(columns) \(rows) 255\nabc".utf8))
        }
    }

    @Test(
        "what is no image is refused",
        arguments: [
            "", "P4 8 8\n", "P5 2 2 255\nabc", "P2 2 1 255\n1 300", "P2 2 1 255\n1 x", "BM",
        ])
    func other(text: String) {
        #expect(throws: RasterError.self) { try RasterImage(Array(text.utf8)) }
    }

    @Test("an image is scaled by the mean of what a pixel covers")
    func scaling() {
        let image = RasterImage(
            rows: 2, columns: 4, channels: 1, pixels: [0, 100, 200, 40, 20, 60, 80, 240])
        #expect(image.scaled(rows: 1, columns: 2).pixels == [45, 140])
        // A third of a row and a third of the next.
        let three = RasterImage(rows: 1, columns: 3, channels: 1, pixels: [0, 90, 240])
        #expect(three.scaled(rows: 1, columns: 2).pixels == [30, 190])
        #expect(three.scaled(rows: 1, columns: 6).pixels == [0, 0, 90, 90, 240, 240])
        #expect(image.scaled(rows: 2, columns: 4) == image)
    }

    @Test("a scaled image keeps its mean", arguments: [(7, 5), (3, 40), (28, 28)])
    func mean(rows: Int, columns: Int) {
        var generator = SeededGenerator(seed: 8)
        let image = RasterImage(
            rows: 21, columns: 35, channels: 3,
            pixels: (0..<21 * 35 * 3).map { _ in UInt8(generator.integer(below: 256)) })
        func mean(_ image: RasterImage) -> Double {
            Double(image.pixels.reduce(0) { $0 + Int($1) }) / Double(image.pixels.count)
        }
        #expect(abs(mean(image.scaled(rows: rows, columns: columns)) - mean(image)) < 0.6)
    }
}
