import MyoTaskCommand

MyoTaskProgram().main()
