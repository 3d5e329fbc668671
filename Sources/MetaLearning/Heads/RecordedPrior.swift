internal import Autodiff

/// What is known of people, recorded.
struct RecordedPrior {
    /// `[1 × size]`.
    let mean: Tape.Variable
    /// `[size × size]`.
    let spread: Tape.Variable
    /// The blocks of each class on the spread's diagonal, `[classes, width, width]`.
    let blocks: Tape.Variable
    /// `[width × width]`.
    let noise: Tape.Variable
    /// The part of the noise that a hold's windows share.
    let held: Tape.Variable

    init(_ head: PosteriorHead, _ recorder: inout HeadRecorder) {
        let (classes, width) = (head.classCount, head.width)
        let size = classes * width
        mean = recorder.tape.reshape(recorder.parameter("mean"), to: [1, size])
        let root = recorder.parameter("spread")
        let ridge = recorder.tape.map(recorder.parameter("log_spread"), .exponential)
        func positive(
            _ product: Tape.Variable, _ ridge: Tape.Variable, _ recorder: inout HeadRecorder
        ) -> Tape.Variable {
            let shape = recorder.tape.shape(of: product)
            let unit = recorder.units(shape[0], width: shape[1])
            let diagonal = recorder.tape.multiply(recorder.tape.fill(shape, with: ridge), unit)
            return recorder.tape.add(product, diagonal)
        }
        let whole = recorder.tape.reshape(root, to: [1, size, size])
        spread = recorder.tape.reshape(
            positive(
                recorder.tape.batchedProduct(.plain(whole), .transposed(whole)), ridge, &recorder),
            to: [size, size])
        let rows = recorder.tape.reshape(root, to: [classes, width, size])
        blocks = positive(
            recorder.tape.batchedProduct(.plain(rows), .transposed(rows)), ridge, &recorder)
        let scatter = recorder.tape.reshape(recorder.parameter("noise"), to: [1, width, width])
        noise = recorder.tape.reshape(
            positive(
                recorder.tape.batchedProduct(.plain(scatter), .transposed(scatter)),
                recorder.tape.map(recorder.parameter("log_noise"), .exponential), &recorder),
            to: [width, width])
        held = recorder.tape.map(recorder.parameter("held"), .sigmoid)
    }
}
