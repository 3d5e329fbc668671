import Autodiff
import SeededRandom
import Testing

@Suite("Convolutions and dropout")
struct ConvolutionTests {
    /// A convolution by its definition, over images with channels first.
    private static func direct(
        _ x: [Double], _ layout: PatchLayout, _ weight: [Double], _ bias: [Double]
    ) -> [Double] {
        let (height, width) = (layout.input.height, layout.input.width)
        let (kernelHeight, kernelWidth) = (layout.kernel.height, layout.kernel.width)
        var result: [Double] = []
        for image in 0..<layout.images {
            for row in 0..<layout.output.height {
                for column in 0..<layout.output.width {
                    for filter in bias.indices {
                        var sum = bias[filter]
                        for channel in 0..<layout.channels {
                            for i in 0..<kernelHeight {
                                for j in 0..<kernelWidth {
                                    let y =
                                        row * layout.stride + i * layout.dilation
                                        - layout.before.height
                                    let z =
                                        column * layout.stride + j * layout.dilation
                                        - layout.before.width
                                    guard (0..<height).contains(y), (0..<width).contains(z)
                                    else { continue }
                                    let place =
                                        ((image * height + y) * width + z) * layout.channels
                                        + channel
                                    let kernel =
                                        ((filter * layout.channels + channel) * kernelHeight + i)
                                        * kernelWidth + j
                                    sum += x[place] * weight[kernel]
                                }
                            }
                        }
                        result.append(sum)
                    }
                }
            }
        }
        return result
    }

    @Test(
        "convolutions equal their definition",
        arguments: [
            PatchLayout(signals: 3, length: 9, channels: 2, kernel: 3),
            PatchLayout(signals: 2, length: 8, channels: 3, kernel: 3, dilation: 2, padding: 4),
            PatchLayout(signals: 2, length: 5, channels: 1, kernel: 1),
            PatchLayout(
                images: 2, input: .init(height: 5, width: 4), channels: 3,
                kernel: .init(height: 3, width: 2)),
            PatchLayout(
                images: 1, input: .init(height: 3, width: 6), channels: 2,
                kernel: .init(height: 3, width: 3),
                padding: .init(
                    before: .init(height: 1, width: 1), after: .init(height: 1, width: 1))),
            PatchLayout(
                images: 2, input: .init(height: 6, width: 6), channels: 1,
                kernel: .init(height: 2, width: 3), dilation: 2,
                padding: .init(
                    before: .init(height: 0, width: 3), after: .init(height: 2, width: 1))),
            PatchLayout(
                images: 2, input: .init(height: 7, width: 6), channels: 3,
                kernel: .init(height: 3, width: 3), stride: 2,
                padding: .init(
                    before: .init(height: 1, width: 1), after: .init(height: 1, width: 1))),
            PatchLayout(
                images: 1, input: .init(height: 8, width: 5), channels: 1,
                kernel: .init(height: 2, width: 1), dilation: 2, stride: 3),
        ])
    func definition(_ layout: PatchLayout) {
        let filters = 4
        var tape = Tape()
        let x = tape.input([
            layout.images, layout.input.height * layout.input.width, layout.channels,
        ])
        let weight = tape.parameter([
            filters, layout.channels, layout.kernel.height, layout.kernel.width,
        ])
        let bias = tape.parameter([filters])
        let y = tape.convolution(x, layout, weight: weight, bias: bias)
        var generator = SeededGenerator(seed: 3, stream: "\(layout)")
        let image = (0..<tape.shape(of: x).count).map { _ in generator.nearlyNormal() }
        let point = (0..<tape.parameterCount).map { _ in generator.nearlyNormal() }
        var execution = Execution<Double>(Gradient(of: tape.sum(y), on: tape))
        execution.withInput(x) { $0 = image }
        execution.run(parameters: point)
        let expected = Self.direct(
            image, layout, Array(point.dropLast(filters)), Array(point.suffix(filters)))
        #expect(relativeDistance(execution.elements(of: y), expected) < 1e-14)
    }

    @Test("dropout lets everything through until masks are drawn, then what the key says")
    func dropout() {
        var tape = Tape()
        let x = tape.parameter([40, 50])
        let y = tape.dropout(x, rate: 0.25)
        var execution = Execution<Float>(Gradient(of: tape.sum(y), on: tape))
        let ones = [Float](repeating: 1, count: 2_000)
        execution.run(parameters: ones)
        #expect(execution.elements(of: y) == ones)

        execution.drawMasks(key: 7)
        execution.run(parameters: ones)
        let drawn = execution.elements(of: y)
        let dropped = drawn.count { $0 == 0 }
        // Six standard deviations of a binomial count of 2,000 at 1/4.
        #expect(abs(dropped - 500) < 117)
        #expect(drawn.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
        #expect(execution.gradient(at: ones) == drawn)

        execution.drawMasks(key: 8)
        execution.run(parameters: ones)
        #expect(execution.elements(of: y) != drawn)
        execution.drawMasks(key: 7)
        execution.run(parameters: ones)
        #expect(execution.elements(of: y) == drawn)
        execution.clearMasks()
        execution.run(parameters: ones)
        #expect(execution.elements(of: y) == ones)
    }
}
