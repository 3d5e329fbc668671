/// A network, recorded for one number of windows.
struct ForwardTape {
    let windows: Int
    let tape: Tape
    let input: Tape.Variable
    let output: Tape.Variable

    init(
        windows: Int, inputWidth: Int, record: (inout Tape, Tape.Variable) -> Tape.Variable
    ) {
        self.windows = windows
        var tape = Tape()
        input = tape.input([windows, inputWidth])
        output = record(&tape, input)
        self.tape = tape
    }

    func outputs(of numbers: [Float], parameters: [Float]) -> [Float] {
        var tape = tape
        let sum = tape.sum(output)
        var execution = Execution<Float>(Gradient(of: sum, on: tape), keeping: [output])
        execution.withInput(input) { $0 = numbers }
        execution.run(parameters: parameters)
        return execution.elements(of: output)
    }
}
