internal import Protobuf

/// A value of one step under a tag: what TensorBoard shows.
package struct SummaryValue: Sendable, Hashable {
    /// What is shown.
    package enum Content: Sendable, Hashable {
        /// A number of a curve.
        case scalar(Double)
        /// A picture: a PNG file and its size in pixels.
        case image(png: [UInt8], width: Int, height: Int)
        /// How numbers are spread.
        case histogram(Histogram)
    }

    /// What it is called, as `epoch/train_loss`; TensorBoard groups by the part before the slash.
    package let tag: String
    /// What is shown.
    package let content: Content

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - tag: What it is called.
    ///   - content: What is shown.
    package init(_ tag: String, _ content: Content) {
        self.tag = tag
        self.content = content
    }

    /// A picture whose size is read from the PNG file; `nil` when it is none.
    ///
    /// - Parameters:
    ///   - tag: What it is called.
    ///   - png: A PNG file.
    package init?(_ tag: String, png: [UInt8]) {
        // The signature, then the first chunk: its length, IHDR, width and height.
        guard png.count >= 24, png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        else { return nil }
        func number(at place: Int) -> Int {
            png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        self.init(tag, .image(png: png, width: number(at: 16), height: number(at: 20)))
    }

    /// The value as `Summary.Value` of TensorFlow's summary.proto.
    var message: ProtobufMessage {
        var message = ProtobufMessage()
        message.add(tag, as: 1)
        switch content {
        case .scalar(let number): message.add(Float(number), as: 2)
        case .image(let png, let width, let height):
            var image = ProtobufMessage()
            image.add(height, as: 1)
            image.add(width, as: 2)
            image.add(4, as: 3)
            image.add(bytes: png, as: 4)
            message.add(image, as: 4)
        case .histogram(let histogram):
            var part = ProtobufMessage()
            part.add(histogram.minimum, as: 1)
            part.add(histogram.maximum, as: 2)
            part.add(Double(histogram.count), as: 3)
            part.add(histogram.sum, as: 4)
            part.add(histogram.sumOfSquares, as: 5)
            part.add(packed: histogram.limits, as: 6)
            part.add(packed: histogram.counts, as: 7)
            message.add(part, as: 5)
        }
        return message
    }
}
