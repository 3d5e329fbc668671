/// A network as it is computed while the samples of a window arrive, so that little is left to do
/// when the last one comes.
///
/// It has three parts: what is computed for each sample from it and the ones before it
/// (convolutions over time, functions of elements, sums), a fully connected layer over all of a
/// window, to which each sample adds its share, and the layers behind it. Samples' results are
/// shared by all windows that overlap, but for those near a window's beginning that see zeros
/// before it.
package struct StreamedNetwork: Sendable {
    /// What is computed for each sample.
    struct Stage: Sendable {
        enum Operation: Sendable {
            case input
            /// Kernels of so many taps: for each tap a matrix.
            case convolution(
                of: Int, weights: PanelMatrix, bias: [Float], taps: Int, dilation: Int, zeros: Int)
            case relu(of: Int)
            case sum(of: Int, Int)
        }

        let operation: Operation
        /// Numbers of a row.
        let width: Int
        /// Rows of a window.
        let length: Int
        /// A window's row `j` is known at its sample `j + delay`.
        let delay: Int
        /// So many first rows of a window see zeros before it.
        let edge: Int

        /// Numbers of a row with those that fill whole vectors.
        var filledWidth: Int { PanelMatrix.filled(width) }
    }

    /// What is computed when a window is complete.
    enum Closing: Sendable {
        case linear(PanelMatrix, bias: [Float])
        case relu
    }

    /// The stages, the input first.
    let stages: [Stage]
    /// The stage that the layer over all of a window sees.
    let last: Int
    /// That layer, a matrix for each row of the window.
    let dense: PanelMatrix
    /// Its bias.
    let denseBias: [Float]
    /// What comes behind it.
    let closing: [Closing]
    /// How far back a stage's rows are looked at by others, itself included.
    let depths: [Int]
    /// Samples of a window.
    package let windowLength: Int
    /// Channels of a sample.
    package let channelCount: Int
    /// Numbers that the network puts out.
    package let outputCount: Int
}
